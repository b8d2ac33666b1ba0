-- Replaces the list of origins that may send to a funnel, where one was given.
with input as (
  select cast(:#${variable.id} as uuid) as funnel_id,
    array(select jsonb_array_elements_text(body -> 'allowedOrigins')) as origins
  from (select cast(:#${variable.input.body} as jsonb) as body) given
  where jsonb_typeof(body -> 'allowedOrigins') = 'array'
),
gone as (
  delete from messaging.funnel_origins o
  using input
  where o.funnel_id = input.funnel_id and o.origin <> all (input.origins)
)
insert into messaging.funnel_origins (funnel_id, origin)
select input.funnel_id, origin from input cross join unnest(input.origins) as origin
on conflict do nothing
