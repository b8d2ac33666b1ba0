-- Takes the shifts and exceptions away that are not among those given.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body
),
gone as (
  delete from messaging.rota_shifts s
  using input
  where s.business_id = cast(:#${variable.caller.businessId} as uuid) and not exists (
    select from jsonb_to_recordset(input.body -> 'shifts') as n (weekday numeric, "from" time, "to" time, "memberId" uuid)
    where n.weekday = s.weekday and n."from" = s.starts and n."to" = s.ends and n."memberId" = s.member_id)
)
delete from messaging.rota_overrides o
using input
where o.business_id = cast(:#${variable.caller.businessId} as uuid) and not exists (
  select from jsonb_to_recordset(input.body -> 'exceptions') as n (date date, "from" time, "to" time, "memberId" uuid)
  where n.date = o.day and n."from" = o.starts and n."to" = o.ends and n."memberId" is not distinct from o.member_id)
