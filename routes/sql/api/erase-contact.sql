-- Forgets a contact in one commit, with a proof: what the database deletes for it, only it can see as a whole.
select cast(messaging.erase_contact(cast(:#${variable.contact.e164} as text), cast(:#${variable.contact.typed} as text),
  cast(:#${variable.contact.email} as text), cast(:#${variable.contact.hash} as text), cast(:#${variable.caller.name} as text),
  cast(:#${bean:now?method=moment} as timestamptz)) as text) as proof
