-- The rota as its business sees it: the usual week, the exceptions of dates, the opening hours in which nobody is on duty in a usual week,
-- and who is on duty now and next.
with caller as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${bean:now?method=moment} as timestamptz) as at
),
duty as (
  select d.member, d.starts, d.ends, a.email, caller.at
  from caller
  cross join lateral messaging.duty_spans(caller.business_id, caller.at, caller.at + interval '14 days') d
  join lateral messaging.answering_members(caller.business_id) a on a.member = d.member
),
shift as (
  select s.weekday, s.starts, s.ends, s.member_id
  from messaging.rota_shifts s join caller on caller.business_id = s.business_id
),
gap as (
  select o.weekday, unnest(o.open - coalesce((
    select range_agg(tsrange(date '2000-01-01' + s.starts, date '2000-01-01' + s.ends)) from shift s where s.weekday = o.weekday), '{}')) as span
  from (
    select part.weekday, range_agg(tsrange(date '2000-01-01' + part.opens, date '2000-01-01' + part.closes)) as open
    from (
      select cast(h.entry ->> 'weekday' as integer) as weekday, cast(h.entry ->> 'opens' as time) as opens, cast(h.entry ->> 'closes' as time) as closes
      from caller
      cross join lateral messaging.business_clock(caller.business_id) clock
      cross join lateral jsonb_array_elements(clock.hours) h (entry)
      where h.entry ->> 'weekday' is not null) hours
    -- Hours over midnight are those of two days.
    cross join lateral (
      values (hours.weekday, hours.opens, case when hours.closes > hours.opens then hours.closes else time '24:00' end),
        (hours.weekday % 7 + 1, time '00:00', case when hours.closes > hours.opens then time '00:00' else hours.closes end)
    ) part (weekday, opens, closes)
    group by part.weekday) o
)
select cast(json_build_object(
  'shifts', (select coalesce(json_agg(json_build_object('weekday', s.weekday, 'from', to_char(s.starts, 'HH24:MI'),
    'to', to_char(s.ends, 'HH24:MI'), 'memberId', s.member_id) order by s.weekday, s.starts), '[]') from shift s),
  'exceptions', (select coalesce(json_agg(json_build_object('date', o.day, 'from', to_char(o.starts, 'HH24:MI'),
    'to', to_char(o.ends, 'HH24:MI'), 'memberId', o.member_id) order by o.day, o.starts), '[]')
    from messaging.rota_overrides o join caller on caller.business_id = o.business_id),
  'gaps', (select coalesce(json_agg(json_build_object('weekday', g.weekday, 'from', to_char(lower(g.span), 'HH24:MI'),
    'to', case when upper(g.span) = timestamp '2000-01-02' then '24:00' else to_char(upper(g.span), 'HH24:MI') end)
    order by g.weekday, lower(g.span)), '[]') from gap g),
  'onDuty', (select json_build_object('memberId', d.member, 'email', d.email, 'from', messaging.iso(d.starts), 'until', messaging.iso(d.ends))
    from duty d where d.starts <= d.at order by d.starts limit 1),
  'next', (select json_build_object('memberId', d.member, 'email', d.email, 'from', messaging.iso(d.starts), 'until', messaging.iso(d.ends))
    from duty d where d.starts > d.at order by d.starts limit 1)) as text) as rota
