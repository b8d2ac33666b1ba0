-- Times within the opening hours to put a lead off until. Where a business never opens, time counts as it passes.
with clock as (
  select b.id, b.at, c.zone, b.at at time zone c.zone as local
  from (select cast(:#${variable.caller.businessId} as uuid) as id, cast(:#${bean:now?method=moment} as timestamptz) as at) b
  cross join lateral messaging.open_hours(b.id) c
),
morning as (
  select clock.*, (date_trunc('day', clock.local) + interval '1 day' + since.midnight) at time zone clock.zone as tomorrow,
    (date_trunc('week', clock.local) + interval '7 days' + since.midnight) at time zone clock.zone as monday
  from clock
  -- Who is open all the time begins at nine.
  cross join lateral (
    select case when exists (select from messaging.business_hours h where h.business_id = clock.id) then interval '0'
      else interval '9 hours' end as midnight) since
),
times (name, at) as (
  select each.name, each.at
  from morning m
  cross join lateral (values
    ('in-1-hour', messaging.after_open_minutes(m.id, m.at, 60)),
    ('in-3-hours', messaging.after_open_minutes(m.id, m.at, 180)),
    ('next-day', coalesce(messaging.next_opening(m.id, m.tomorrow), m.tomorrow)),
    ('next-week', coalesce(messaging.next_opening(m.id, m.monday), m.monday))) each (name, at)
)
select cast(json_build_object('times', json_agg(json_build_object('name', t.name, 'at', messaging.iso(t.at)) order by t.at, t.name)) as text)
from (
  -- Of two names for one moment the first is enough; a reminder holds for 30 days at most.
  select distinct on (times.at) times.name, times.at from times, clock
  where times.at <= clock.at + interval '30 days'
  order by times.at, times.name
) t
