-- Makes deliveries pending again that this instance stored under its lease and has not begun to send.
update messaging.deliveries
set state = 'pending', attempts = attempts - 1, leased_by = null, lease_until = null,
  updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where id = any (cast(:#ids as uuid[])) and state = 'sending' and leased_by = :#${bean:instance?method=name} and attempts = 1
