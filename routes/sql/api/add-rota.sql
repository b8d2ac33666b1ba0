-- Adds the shifts and exceptions that were given and are not there yet.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body
),
shift as (
  insert into messaging.rota_shifts (business_id, weekday, starts, ends, member_id)
  select cast(:#${variable.caller.businessId} as uuid), cast(n.weekday as smallint), n."from", n."to", n."memberId"
  from input
  cross join lateral jsonb_to_recordset(input.body -> 'shifts') as n (weekday numeric, "from" time, "to" time, "memberId" uuid)
  on conflict do nothing
)
insert into messaging.rota_overrides (business_id, day, starts, ends, member_id)
select cast(:#${variable.caller.businessId} as uuid), n.date, n."from", n."to", n."memberId"
from input
cross join lateral jsonb_to_recordset(input.body -> 'exceptions') as n (date date, "from" time, "to" time, "memberId" uuid)
on conflict do nothing
