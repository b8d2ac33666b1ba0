-- An address has one open invitation at most: the newest.
update messaging.invitations
set withdrawn_at = cast(:#${bean:now?method=moment} as timestamptz)
where business_id = cast(:#${variable.caller.businessId} as uuid)
  and email = lower(cast(:#${variable.input.body} as jsonb) ->> 'email') and accepted_at is null and withdrawn_at is null
