-- Replaces the list of origins that may send to a funnel, where one was given.
with asked as (
  select cast(:#${variable.id} as uuid) as funnel_id,
    array(select jsonb_array_elements_text(body -> 'allowedOrigins')) as origins
  from (select cast(:#${variable.asked.body} as jsonb) as body) given
  where jsonb_typeof(body -> 'allowedOrigins') = 'array'
),
gone as (
  delete from messaging.funnel_origins o
  using asked
  where o.funnel_id = asked.funnel_id and o.origin <> all (asked.origins)
)
insert into messaging.funnel_origins (funnel_id, origin)
select asked.funnel_id, origin from asked cross join unnest(asked.origins) as origin
on conflict do nothing
