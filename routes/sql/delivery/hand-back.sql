-- Makes deliveries pending again that this instance has stored under its lease and not sent: these, or all of these leads. Only as they
-- were stored: what has been claimed since has another time of change.
with unsent as (
  select d.id
  from messaging.deliveries d
  where d.id = any (array(
      select d.id from messaging.deliveries d where d.id = any (cast(:#ids as uuid[]))
      union all
      select d.id from messaging.deliveries d where d.message_id = any (cast(:#leads as uuid[])) and d.cause = 'lead'))
    and d.state = 'sending' and d.leased_by = :#${bean:instance?method=name} and d.attempts = 1
    and d.updated_at = d.created_at
  order by d.id
  for update
)
update messaging.deliveries d
set state = 'pending', attempts = 0, leased_by = null, lease_until = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where d.id = any (array(select unsent.id from unsent))
