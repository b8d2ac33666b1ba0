-- The span of a requested time within the opening hours of the funnel's business, null where it is closed then or the time has passed, and
-- the next times that can be asked for. A day further off than 60 days is none.
with input as (
  select f.business_id, cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#day as date) as day, cast(:#begins as interval) as begins,
    cast(:#ends as interval) as ends
  from public.funnels f
  where f.id = cast(:#funnel as uuid)
),
clock as materialized (
  select input.*, c.zone, c.hours from input cross join lateral messaging.open_hours(input.business_id) c
),
wish as (
  select clock.*, greatest((cast(day as timestamp) + begins) at time zone zone, at) as since, (cast(day as timestamp) + ends) at time zone zone as until
  from clock
)
select to_char(span.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as preferred_from,
  to_char(span.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as preferred_until,
  (select string_agg(t.day || ' ' || t.part, ', ' order by t.since) from messaging.call_times(wish.business_id, wish.at, 6) t) as next_times
from wish
left join lateral (
  select min(o.opens) as since, max(o.closes) as until
  from messaging.open_times(wish.hours, wish.zone, wish.since, wish.until) o
  where wish.since < wish.until and wish.until < wish.at + interval '60 days') span on true
