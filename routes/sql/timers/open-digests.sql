-- Opens the digests of these businesses whose local time has come and whose period has no row yet. The row is unique per business, kind
-- and period: of any number of instances one inserts it, and with it the delivery, in the same commit. A digest covers all since
-- the last one, so that a service that was down leaves no gap; a quiet period sends nothing. What is counted is counted for each business
-- by itself, so that fifty cost fifty times as much as one.
with moment as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#kind as text) as kind, cast(:#at as time) as time_of_day
),
business as (
  select b.id as business_id, coalesce(s.time_zone, 'UTC') as zone, coalesce(s.created_at, c.created_at) as since,
    c.id as channel_id, moment.*
  from moment
  cross join public.businesses b
  join public.message_channels c on c.business_id = b.id and c.channel_type = 'email' and c.is_enabled
  left join messaging.business_settings s on s.business_id = b.id
  where b.id = any (cast(string_to_array(:#${variable.businesses}, ',') as uuid[]))
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
figures as (
  select o.*, c.channel_id, c.zone, number.received, number.waiting, number.listed,
    coalesce(owed.accepted, 0) - fate.passed_on as owed, fate.reached, fate.on_its_way, fate.undelivered, fate.cancelled,
    quarantined.leads as quarantined, quarantined.since as quarantined_since, list.leads, sms.messages as sms_messages,
    sms.parts as sms_parts, sms.cost as sms_cost
  from opened o
  join closing c on c.business_id = o.business_id
  cross join lateral (
    select count(*) filter (where m.created_at >= o.period_start) as received,
      count(*) filter (where m.status in ('unread', 'read')) as waiting, count(*) as listed
    from public.messages m
    where m.business_id = o.business_id and m.created_at < o.period_end and m.quarantined_at is null
      and (m.created_at >= o.period_start or m.status in ('unread', 'read'))) number
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.contact_name, 'contact', l.contact, 'funnel', l.funnel,
      'createdAt', l.created_at, 'waiting', l.waiting)), '[]') as leads
    from (
      select m.id, m.contact_name, coalesce(m.contact_phone, m.contact_email) as contact, m.created_at,
        coalesce(fs.title, to_jsonb(f) ->> 'name') as funnel, m.status in ('unread', 'read') as waiting
      from public.messages m
      left join public.funnels f on f.id = m.funnel_id
      left join messaging.funnel_settings fs on fs.funnel_id = m.funnel_id
      where m.business_id = o.business_id and m.created_at < o.period_end and m.quarantined_at is null
        and (m.created_at >= o.period_start or m.status in ('unread', 'read'))
      order by m.status in ('unread', 'read') desc, m.created_at desc
      limit 20) l) list
  -- As the ledger has it: counted where leads and their fallbacks are written, not where deliveries are.
  cross join lateral (
    select sum(e.owed) as accepted
    from public.messages m
    join messaging.message_events e on e.message_id = m.id and e.type in ('message.created', 'delivery.fell_back')
    where m.business_id = o.business_id and m.created_at >= o.period_start and m.created_at < o.period_end
      and m.quarantined_at is null) owed
  cross join lateral (
    select count(*) filter (where ways.passed_on) as passed_on,
      count(*) filter (where not ways.passed_on and d.state in ('sent', 'delivered')) as reached,
      count(*) filter (where not ways.passed_on
        and (d.state in ('failed', 'unknown') or d.state = 'held' and not ways.deferred or d.state in ('pending', 'sending') and ways.late)) as undelivered,
      count(*) filter (where d.state in ('pending', 'sending') and not ways.late or ways.deferred) as on_its_way,
      count(*) filter (where d.state = 'cancelled') as cancelled
    from public.messages m
    join messaging.deliveries d on d.message_id = m.id and d.cause = 'lead'
    cross join lateral (
      select d.created_at < c.at - interval '5 minutes' as late, coalesce(d.held_reason in ('quiet hours', 'in summary'), false) as deferred,
        d.state in ('held', 'failed', 'unknown')
          and exists (select from messaging.deliveries f where f.fallback_of = d.id) as passed_on) ways
    where m.business_id = o.business_id and m.created_at >= o.period_start and m.created_at < o.period_end
      and m.quarantined_at is null) fate
  -- Nobody was told of these: without a word here they might wait for ever.
  cross join lateral (
    select count(*) as leads, min(m.quarantined_at) as since
    from public.messages m
    where m.business_id = o.business_id and m.quarantined_at is not null and m.status <> 'archived'
      and m.created_at < o.period_end) quarantined
  cross join lateral (
    select count(*) as messages, coalesce(sum(s.parts), 0) as parts, coalesce(sum(s.cost), 0) as cost
    from messaging.sms_charges s
    where s.business_id = o.business_id and s.charged_at >= o.period_start and s.charged_at < o.period_end and not s.is_returned) sms
)
insert into messaging.deliveries (business_id, cause, period, channel, target_id, payload, next_attempt_at, created_at, updated_at)
select business_id, 'digest', kind || ':' || period, 'email', channel_id,
  jsonb_build_object('kind', kind, 'received', received, 'waiting', waiting, 'listed', listed, 'leads', leads,
    'owed', owed, 'reached', reached, 'onItsWay', on_its_way, 'undelivered', undelivered, 'cancelled', cancelled,
    'smsMessages', sms_messages, 'smsParts', sms_parts, 'smsCost', trim_scale(sms_cost),
    'quarantined', quarantined, 'quarantinedSince', messaging.iso(quarantined_since),
    'firstDay', to_char(period_start at time zone zone, 'YYYY-MM-DD'),
    'lastDay', to_char(period_end at time zone zone, 'YYYY-MM-DD')),
  created_at, created_at, created_at
from figures
where received > 0 or waiting > 0 or quarantined > 0
-- One that was sent before, as after a run that somebody has deleted, is not sent twice.
on conflict do nothing
returning id
