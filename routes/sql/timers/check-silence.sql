-- Finds the funnels of some businesses that have gone quiet, and mails each business once for each silence. How many leads usually come in
-- an hour of the week is the mean of the last four weeks of stored analytics. If n leads are expected in the whole hours since the last
-- one, the chance that none comes is e to the power of -n (Poisson). A funnel with less than 20 leads in these weeks, or less than two weeks
-- of them, says too little. Gives the last business that was looked at, or nothing.
with clock as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at
),
business as materialized (
  select b.id, clock.at, coalesce(s.time_zone, 'UTC') as zone, cast(clock.at at time zone coalesce(s.time_zone, 'UTC') as date) as today
  from clock
  cross join public.businesses b
  left join messaging.business_settings s on s.business_id = b.id
  where b.id > cast(:#${variable.after} as uuid)
  order by b.id
  limit 200
),
usual as materialized (
  select b.id as business_id, f.funnel_id, b.zone, b.at, extract(isodow from f.day) as weekday, f.hour, sum(f.received) / 4.0 as leads,
    max(b.today - f.day) as earliest
  from business b
  join messaging.lead_figures f on f.business_id = b.id and f.day >= b.today - 28 and f.day < b.today
  where f.funnel_id is not null
  group by b.id, f.funnel_id, b.zone, b.at, extract(isodow from f.day), f.hour
),
watched as (
  select business_id, funnel_id, zone, at from usual
  where business_id not in (select c.business_id from messaging.canaries c)
  group by business_id, funnel_id, zone, at
  having sum(leads) * 4 >= 20 and max(earliest) >= 14
),
quiet as (
  select w.business_id, w.funnel_id, w.at, last.created_at as since, (
    select coalesce(sum(u.leads), 0)
    from generate_series(date_trunc('hour', last.created_at) + interval '1 hour', w.at - interval '1 hour', interval '1 hour') h (begins)
    join usual u on u.funnel_id = w.funnel_id and u.weekday = extract(isodow from h.begins at time zone w.zone)
      and u.hour = extract(hour from h.begins at time zone w.zone)) as expected
  from watched w
  left join messaging.funnel_settings s on s.funnel_id = w.funnel_id
  cross join lateral (
    select m.created_at from public.messages m
    where m.funnel_id = w.funnel_id and m.quarantined_at is null and m.type = 'callback_request'
    order by m.created_at desc limit 1) last
  where coalesce(s.is_active, true) and last.created_at > w.at - interval '28 days'
),
silent as materialized (
  select quiet.* from quiet where quiet.expected > -ln(cast(:#${bean:silenceAlarm?method=chance} as numeric))
),
ended as (
  delete from messaging.silences s
  where s.business_id in (select business.id from business) and s.funnel_id not in (select silent.funnel_id from silent)
),
stored as (
  insert into messaging.silences as s (funnel_id, business_id, since, expected, checked_at)
  select funnel_id, business_id, since, expected, at from silent
  on conflict (funnel_id) do update
  set since = excluded.since, expected = excluded.expected, checked_at = excluded.checked_at
),
notice as (
  insert into messaging.deliveries (business_id, cause, channel, target_id, period, payload, next_attempt_at, created_at, updated_at)
  select q.business_id, 'account', 'email', c.id, concat_ws(' ', 'silence', q.funnel_id, messaging.iso(q.since)),
    jsonb_build_object('notice', 'silence', 'since', messaging.iso(q.since), 'expected', round(q.expected), 'hours',
      floor(extract(epoch from q.at - q.since) / 3600), 'percent', cast(:#${bean:silenceAlarm?method=percent} as text), 'funnelId', q.funnel_id, 'funnel', (
        select coalesce(s.title, to_jsonb(f) ->> 'name')
        from public.funnels f left join messaging.funnel_settings s on s.funnel_id = f.id where f.id = q.funnel_id)),
    q.at, q.at, q.at
  from silent q
  join public.message_channels c on c.business_id = q.business_id and c.channel_type = 'email' and c.is_enabled
  on conflict do nothing
)
select coalesce((select cast(business.id as text) from business order by business.id desc limit 1), '') as last
