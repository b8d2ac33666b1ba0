-- Opens every digest whose local time has come and whose period has no row yet. The row is unique per business, kind and
-- period: of any number of instances one inserts it, and with it the delivery, in the same commit. A digest covers all since
-- the last one, so that a service that was down leaves no gap; a quiet period sends nothing.
with moment as (
  select cast(:#${bean:now} as timestamptz) as at, cast(:#kind as text) as kind, cast(:#at as time) as time_of_day
),
business as (
  select b.id as business_id, coalesce(s.time_zone, 'UTC') as zone, coalesce(s.created_at, c.created_at) as since,
    c.id as channel_id, moment.*
  from moment
  cross join public.businesses b
  join public.message_channels c on c.business_id = b.id and c.channel_type = 'email' and c.is_enabled
  left join messaging.business_settings s on s.business_id = b.id
  left join public.notification_preferences p on p.business_id = b.id
  where case moment.kind when 'daily' then coalesce(p.email_daily_summary, true) else coalesce(p.email_weekly_summary, true) end
),
closing as (
  -- The latest closing time that has passed, as the business's own clock shows it: today's or yesterday's; or Monday's.
  select business.*, (local.day + time_of_day) at time zone zone as closes,
    case kind when 'daily' then to_char(local.day, 'YYYY-MM-DD') else to_char(local.day, 'IYYY-"W"IW') end as period, local.day
  from business
  cross join lateral (select (at at time zone zone) - cast(time_of_day as interval) as shifted) clock
  cross join lateral (
    select cast(date_trunc(case kind when 'daily' then 'day' else 'week' end, clock.shifted) as date) as day) local
),
opened as (
  insert into messaging.digest_runs (business_id, kind, period, period_start, period_end, created_at)
  select closing.business_id, closing.kind, closing.period,
    coalesce(
      (select max(r.period_end) from messaging.digest_runs r
        where r.business_id = closing.business_id and r.kind = closing.kind and r.period_end < closing.closes),
      closing.closes - case closing.kind when 'daily' then interval '1 day' else interval '7 days' end),
    closing.closes, closing.at
  from closing
  where closing.since < closing.closes
  on conflict do nothing
  returning *
),
received as (
  select o.business_id, m.id, m.contact_name, coalesce(m.contact_phone, m.contact_email) as contact, m.created_at,
    coalesce(fs.title, to_jsonb(f) ->> 'name') as funnel, m.status in ('unread', 'read') as waiting,
    m.created_at >= o.period_start as in_period
  from opened o
  join public.messages m on m.business_id = o.business_id and m.created_at < o.period_end
    and (m.created_at >= o.period_start or m.status in ('unread', 'read')) and m.quarantined_at is null
  left join public.funnels f on f.id = m.funnel_id
  left join messaging.funnel_settings fs on fs.funnel_id = m.funnel_id
),
owed as (
  -- As the ledger has it: counted where leads and their fallbacks are written, not where deliveries are.
  select r.business_id, sum(e.owed) as accepted
  from received r
  join messaging.message_events e on e.message_id = r.id and e.type in ('message.created', 'delivery.fell_back')
  where r.in_period
  group by r.business_id
),
fate as (
  select r.business_id,
    count(*) filter (where ways.passed_on) as passed_on,
    count(*) filter (where not ways.passed_on and d.state in ('sent', 'delivered')) as reached,
    count(*) filter (where not ways.passed_on and (d.state in ('held', 'failed') or d.state in ('pending', 'sending') and ways.late)) as undelivered,
    count(*) filter (where d.state in ('pending', 'sending') and not ways.late) as on_its_way,
    count(*) filter (where d.state = 'cancelled') as cancelled
  from received r
  cross join moment
  join messaging.deliveries d on d.message_id = r.id and d.cause = 'lead'
  cross join lateral (
    select d.created_at < moment.at - interval '5 minutes' as late,
      (d.state in ('held', 'failed') or d.state in ('sent', 'delivered') and d.outcome_unknown)
        and exists (select from messaging.deliveries f where f.fallback_of = d.id) as passed_on) ways
  where r.in_period
  group by r.business_id
),
-- Nobody was told of these: without a word here they might wait for ever.
quarantined as (
  select o.business_id, count(*) as leads, min(m.quarantined_at) as since
  from opened o
  join public.messages m on m.business_id = o.business_id and m.quarantined_at is not null and m.status <> 'archived'
    and m.created_at < o.period_end
  group by o.business_id
),
figures as (
  select o.*, c.channel_id, c.zone,
    (select count(*) from received r where r.business_id = o.business_id and r.in_period) as received,
    (select count(*) from received r where r.business_id = o.business_id and r.waiting) as waiting,
    (select count(*) from received r where r.business_id = o.business_id) as listed,
    coalesce(owed.accepted, 0) - coalesce(fate.passed_on, 0) as owed, coalesce(fate.reached, 0) as reached,
    coalesce(fate.on_its_way, 0) as on_its_way, coalesce(fate.undelivered, 0) as undelivered, coalesce(fate.cancelled, 0) as cancelled,
    coalesce(quarantined.leads, 0) as quarantined, quarantined.since as quarantined_since,
    (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.contact_name, 'contact', l.contact, 'funnel', l.funnel,
        'createdAt', l.created_at, 'waiting', l.waiting)), '[]')
      from (select * from received r where r.business_id = o.business_id
        order by r.waiting desc, r.created_at desc limit 20) l) as leads
  from opened o
  join closing c on c.business_id = o.business_id
  left join owed on owed.business_id = o.business_id
  left join fate on fate.business_id = o.business_id
  left join quarantined on quarantined.business_id = o.business_id
)
insert into messaging.deliveries (business_id, cause, period, channel, target_id, payload, next_attempt_at, created_at, updated_at)
select business_id, 'digest', kind || ':' || period, 'email', channel_id,
  jsonb_build_object('kind', kind, 'received', received, 'waiting', waiting, 'listed', listed, 'leads', leads,
    'owed', owed, 'reached', reached, 'onItsWay', on_its_way, 'undelivered', undelivered, 'cancelled', cancelled,
    'quarantined', quarantined, 'quarantinedSince', messaging.iso(quarantined_since),
    'firstDay', to_char(period_start at time zone zone, 'YYYY-MM-DD'),
    'lastDay', to_char(period_end at time zone zone, 'YYYY-MM-DD')),
  created_at, created_at, created_at
from figures
where received > 0 or waiting > 0 or quarantined > 0
returning id
