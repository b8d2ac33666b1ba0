-- How a business answered the leads of some of its days. Days that are over are read as they were counted, as long as nothing of them
-- has changed since; the others are counted now. The first row is the answer without response times; the others hold the seconds of
-- each day, funnel, priority and member, of which Java tells the percentiles: sorted here, they would be sorted for each level anew.
with input as materialized (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.period.from} as date) as first,
    cast(:#${variable.period.to} as date) as last, cast(:#${bean:now?method=moment} as timestamptz) as moment,
    cast(:#${variable.input.values[funnel]} as uuid) as funnel_id, cast(:#${variable.input.values[channel]} as text) as channel,
    string_to_array(cast(:#${variable.input.values[priority]} as text), ',') as priorities,
    cast(:#${variable.input.values[interval]} as text) as unit
),
clock as materialized (
  select c.zone, c.hours, c.basis from input, messaging.business_clock(input.business_id) c
),
day as materialized (
  select d.day, greatest(cast(date_trunc(input.unit, cast(d.day as timestamp)) as date), input.first) as span, coalesce(d.day >= counted.since and d.day < counted.until, false) and not exists (
      select from messaging.figures_stale s
      where s.business_id = input.business_id and s.at >= (cast(d.day as timestamp) at time zone clock.zone) - interval '3 hours'
        and s.at < (cast(d.day + 1 as timestamp) at time zone clock.zone) + interval '3 hours'
        and cast(s.at at time zone clock.zone as date) = d.day)
      -- A deadline has passed since the day was counted.
      and not exists (
        select from messaging.lead_figures f where f.business_id = input.business_id and f.next_due < input.moment and f.day = d.day) as is_kept
  from input
  cross join clock
  cross join lateral (select input.first + i as day from generate_series(0, input.last - input.first) i) d
  left join messaging.figures_kept counted on counted.business_id = input.business_id and counted.basis = clock.basis
),
run as materialized (
  select min(n.day) as first, max(n.day) as last
  from (select day, day - cast(row_number() over (order by day) as integer) as island from day where not is_kept) n
  group by n.island
),
fresh as materialized (
  select f.*
  from input
  cross join clock
  cross join run
  cross join lateral messaging.lead_figures_of(input.business_id, clock.zone, clock.hours, run.first, run.last, input.moment) f
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
),
lead as materialized (
  select f.day, day.span, f.hour, f.funnel_id, f.priority, f.received, f.held, f.acknowledged, f.responded,
    f.owing, f.prompt, f.notified, f.reached, f.sla_met, f.sla_missed
  from input
  join messaging.lead_figures f on f.business_id = input.business_id and f.day between input.first and input.last
  join day on day.day = f.day and day.is_kept
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
  union all
  select f.day, day.span, f.hour, f.funnel_id, f.priority, f.received, f.held, f.acknowledged, f.responded,
    f.owing, f.prompt, f.notified, f.reached, f.sla_met, f.sla_missed
  from fresh f
  join day on day.day = f.day
),
part as materialized (
  select f.dimension, f.value, f.received, f.held, f.notified, f.acknowledged, f.responded, f.reached, f.sla_met, f.sla_missed
  from input
  join messaging.breakdown_figures f on f.business_id = input.business_id and f.day between input.first and input.last
  join day on day.day = f.day and day.is_kept
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
  union all
  select d.dimension, d.value, f.received, f.held, f.notified, f.acknowledged, f.responded, f.reached, f.sla_met, f.sla_missed
  from fresh f
  cross join lateral (values
    ('member', cast(f.member_id as text)), ('source', f.source), ('campaign', f.campaign), ('outcome', f.outcome)) d (dimension, value)
),
response as (
  select f.day, day.span, f.funnel_id, f.priority, f.member_id, f.to_acknowledge, f.to_acknowledge_open, f.to_respond, f.to_respond_open
  from input
  join messaging.response_figures f on f.business_id = input.business_id and f.day between input.first and input.last
  join day on day.day = f.day and day.is_kept
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
  union all
  select f.day, day.span, f.funnel_id, f.priority, f.member_id, messaging.packed(f.to_acknowledge), messaging.packed(f.to_acknowledge_open),
    messaging.packed(f.to_respond), messaging.packed(f.to_respond_open)
  from fresh f
  join day on day.day = f.day
  where f.acknowledged + f.responded > 0
),
delivery as materialized (
  select f.day, f.funnel_id, f.priority, f.channel, f.accepted, f.waiting, f.sent, f.delivered, f.failed, f.cancelled
  from input
  join messaging.delivery_figures f on f.business_id = input.business_id and f.day between input.first and input.last
  join day on day.day = f.day and day.is_kept
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
    and (input.channel is null or f.channel = input.channel)
  union all
  select f.*
  from input
  cross join clock
  cross join run
  cross join lateral messaging.delivery_figures_of(input.business_id, clock.zone, run.first, run.last) f
  where (input.funnel_id is null or f.funnel_id = input.funnel_id) and (input.priorities is null or f.priority = any (input.priorities))
    and (input.channel is null or f.channel = input.channel)
),
counted as (
  select l.day, l.span, l.funnel_id, l.priority, null as dimension, null as value,
    case grouping(l.day, l.span, l.funnel_id, l.priority) when 15 then 'total' when 7 then 'day' when 11 then 'span' when 13 then 'funnel'
      else 'priority' end as level,
    coalesce(sum(l.received), 0) as received, coalesce(sum(l.held), 0) as held, coalesce(sum(l.notified), 0) as notified,
    coalesce(sum(l.acknowledged), 0) as acknowledged, coalesce(sum(l.responded), 0) as responded, coalesce(sum(l.reached), 0) as reached,
    coalesce(sum(l.sla_met), 0) as sla_met, coalesce(sum(l.sla_missed), 0) as sla_missed, sum(l.owing) as owing, sum(l.prompt) as prompt
  from lead l
  group by grouping sets ((), (l.day), (l.span), (l.funnel_id), (l.priority))
  union all
  select null, null, null, null, p.dimension, p.value, p.dimension, sum(p.received), sum(p.held), sum(p.notified), sum(p.acknowledged),
    sum(p.responded), sum(p.reached), sum(p.sla_met), sum(p.sla_missed), null, null
  from part p
  group by p.dimension, p.value
),
shown as materialized (
  select c.*, jsonb_build_object(
    'received', c.received, 'held', c.held, 'notified', c.notified, 'acknowledged', c.acknowledged, 'responded', c.responded,
    'reached', c.reached, 'slaMet', c.sla_met, 'slaMissed', c.sla_missed,
    'acknowledgementRate', round(c.acknowledged / nullif(c.received, 0.0), 4)) as figures
  from counted c
),
-- At most fifty values of each, those with the most leads: what a source is called is up to whoever sends a form.
breakdown as (
  select b.dimension, jsonb_agg(b.entry order by b.place) as entries
  from (
    select s.dimension, jsonb_build_object(
        case s.dimension when 'member' then 'memberId' else s.dimension end, s.value) || s.figures as entry,
      row_number() over (partition by s.dimension order by s.received desc, s.value) as place
    from shown s
    where s.dimension is not null and s.received > 0) b
  where b.place <= 50
  group by b.dimension
),
total as (
  select * from shown where level = 'total'
),
channel as materialized (
  select d.channel, sum(d.accepted) as accepted, sum(d.waiting) as waiting, sum(d.sent) as sent, sum(d.delivered) as delivered,
    sum(d.failed) as failed, sum(d.cancelled) as cancelled,
    round((sum(d.sent) + sum(d.delivered)) / nullif(sum(d.sent) + sum(d.delivered) + sum(d.failed), 0.0), 4) as success_rate
  from delivery d
  group by d.channel
),
nothing as (
  select cast('{"received": 0, "held": 0, "notified": 0, "acknowledged": 0, "responded": 0, "reached": 0, "slaMet": 0, "slaMissed": 0,
    "acknowledgementRate": null}' as jsonb) as figures
),
promised as (
  select p.place, p.name, p.target, p.actual, p.unit
  from total
  cross join lateral (values
    (1, 'notifiedWithin30Seconds', 0.99, round(total.prompt / nullif(total.owing, 0.0), 4), 'share'),
    (2, 'emailDelivered', 0.995, (select success_rate from channel where channel = 'email'), 'share'),
    (3, 'smsDelivered', 0.98, (select success_rate from channel where channel = 'sms'), 'share'),
    (4, 'acknowledged', 0.95, round(total.acknowledged / nullif(total.received, 0.0), 4), 'share'),
    (5, 'medianSecondsToRespond', 3600, null, 'seconds')) p (place, name, target, actual, unit)
)
select cast(jsonb_build_object(
  'from', input.first, 'to', input.last, 'timeZone', clock.zone,
  'total', (select figures from total),
  'days', (select jsonb_agg(jsonb_build_object('day', day.day) || coalesce(s.figures, nothing.figures) order by day.day)
    from day left join shown s on s.level = 'day' and s.day = day.day),
  'intervals', (select jsonb_agg(jsonb_build_object('from', i.span, 'to', i.last) || coalesce(s.figures, nothing.figures) order by i.span)
    from (select day.span, max(day.day) as last from day group by 1) i
    left join shown s on s.level = 'span' and s.span = i.span),
  'funnels', (select coalesce(jsonb_agg(jsonb_build_object('funnelId', s.funnel_id, 'name', f.name) || s.figures order by s.received desc, s.funnel_id), '[]')
    from shown s left join messaging.my_funnels('viewer') f on f.id = s.funnel_id where s.level = 'funnel'),
  'priorities', (select jsonb_agg(jsonb_build_object('priority', p.priority) || coalesce(s.figures, nothing.figures) order by p.place)
    from unnest(array['urgent', 'high', 'medium', 'low']) with ordinality p (priority, place)
    left join shown s on s.level = 'priority' and s.priority = p.priority),
  'members', coalesce((select b.entries from breakdown b where b.dimension = 'member'), '[]'),
  'sources', coalesce((select b.entries from breakdown b where b.dimension = 'source'), '[]'),
  'campaigns', coalesce((select b.entries from breakdown b where b.dimension = 'campaign'), '[]'),
  'outcomes', coalesce((select b.entries from breakdown b where b.dimension = 'outcome'), '[]'),
  'channels', (select coalesce(jsonb_agg(jsonb_build_object('channel', c.channel, 'accepted', c.accepted, 'waiting', c.waiting, 'sent', c.sent,
      'delivered', c.delivered, 'failed', c.failed, 'cancelled', c.cancelled, 'successRate', c.success_rate) order by c.channel), '[]')
    from channel c),
  'sms', (
    select jsonb_build_object('messages', coalesce(sum(u.messages), 0), 'parts', coalesce(sum(u.parts), 0),
      'cost', trim_scale(coalesce(sum(u.cost), 0)), 'refused', coalesce(sum(u.refused), 0))
    from messaging.sms_usage u
    where u.business_id = input.business_id and u.unit = 'day' and u.begins_on between input.first and input.last),
  'heatMap', (select jsonb_agg(w.hours order by w.weekday)
    from (
      select d.weekday, jsonb_agg(coalesce(l.received, 0) order by h.hour) as hours
      from generate_series(1, 7) d (weekday)
      cross join generate_series(0, 23) h (hour)
      left join (select cast(extract(isodow from lead.day) as integer) as weekday, lead.hour, sum(lead.received) as received
        from lead group by 1, 2) l on l.weekday = d.weekday and l.hour = h.hour
      group by d.weekday) w),
  'missedByHour', (select jsonb_agg(coalesce(l.missed, 0) order by h.hour)
    from generate_series(0, 23) h (hour)
    left join (select lead.hour, sum(lead.sla_missed) as missed from lead group by 1) l on l.hour = h.hour),
  'promise', (select jsonb_agg(jsonb_build_object('name', p.name, 'unit', p.unit, 'target', p.target, 'actual', p.actual,
      'kept', p.actual >= p.target) order by p.place) from promised p)) as text) as answer,
  null as day, null as "from", null as funnel_id, null as priority, null as member_id, null as to_acknowledge, null as to_acknowledge_open, null as to_respond, null as to_respond_open
from input, clock, nothing
union all
select null, cast(r.day as text), cast(r.span as text), cast(r.funnel_id as text), r.priority, cast(r.member_id as text),
  r.to_acknowledge, r.to_acknowledge_open, r.to_respond, r.to_respond_open
from response r
