-- The same for leads of which it is not known whether they were stored: nothing of them has been sent.
update messaging.deliveries
set state = 'pending', attempts = attempts - 1, leased_by = null, lease_until = null,
  updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where message_id = any (cast(:#ids as uuid[])) and cause = 'lead' and state = 'sending'
  and leased_by = :#${bean:instance?method=name} and attempts = 1
