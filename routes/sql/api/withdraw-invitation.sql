-- Takes an invitation back; its link opens nothing from then on.
update messaging.invitations
set withdrawn_at = cast(:#${bean:now?method=moment} as timestamptz)
where id = cast(:#${variable.input.values[id]} as uuid) and business_id = cast(:#${variable.caller.businessId} as uuid)
  and accepted_at is null and withdrawn_at is null
returning cast(id as text) as id
