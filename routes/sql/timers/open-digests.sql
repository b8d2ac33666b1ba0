-- Opens the digests of these businesses whose local time has come and whose period has no row yet. The row is unique per business, kind
-- and period: of any number of instances one inserts it, and with it the delivery, in the same commit. A digest covers all since
-- the last one, so that a service that was down leaves no gap. A period without anything to report sends nothing, unless the business asks
-- for that. What is counted is counted for each business by itself, so that fifty cost fifty times as much as one. Reminders are no leads.
with moment as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#kind as text) as kind, cast(:#at as time) as time_of_day
),
business as (
  select b.id as business_id, coalesce(s.time_zone, 'UTC') as zone, coalesce(s.created_at, c.created_at) as since,
    c.id as channel_id, coalesce(s.email_empty_summary, false) as wants_empty, moment.*
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
      -- A day or a week by its own clock, which may have changed meanwhile.
      (closing.day + time_of_day - case closing.kind when 'daily' then interval '1 day' else interval '7 days' end) at time zone zone),
    closing.closes, closing.at
  from closing
  where closing.since < closing.closes
  on conflict do nothing
  returning *
),
period as (
  -- The period before is as long by the business's own clock; nothing is compared with a time before it was there.
  select o.*, c.channel_id, c.zone, c.wants_empty, case when c.since <= earlier.begins then earlier.begins end as begins_before
  from opened o
  join closing c on c.business_id = o.business_id
  cross join lateral (select o.period_start at time zone c.zone as first, o.period_end at time zone c.zone as last) local
  cross join lateral (select (local.first - (local.last - local.first)) at time zone c.zone as begins) earlier
),
figures as (
  select o.*, number.received, case when o.begins_before is not null then number.before end as received_before, number.waiting,
    number.overdue, list.leads, answer.leads as answered, answer.in_time, answer.median_seconds,
    coalesce(owed.accepted, 0) - fate.passed_on as owed, fate.reached, fate.on_its_way, fate.undelivered, fate.cancelled,
    problem.list as problems, quarantined.leads as quarantined, quarantined.since as quarantined_since, silent.funnels as silent,
    sms.messages as sms_messages, sms.parts as sms_parts, sms.cost as sms_cost
  from period o
  cross join lateral (
    select count(*) filter (where m.created_at >= o.period_start) as received,
      count(*) filter (where m.created_at >= o.begins_before and m.created_at < o.period_start) as before,
      count(*) filter (where m.status in ('unread', 'read')) as waiting,
      count(*) filter (where m.status in ('unread', 'read') and m.due_at < o.created_at) as overdue
    from public.messages m
    where m.business_id = o.business_id and m.created_at < o.period_end and m.quarantined_at is null and m.type <> 'reminder'
      and (m.created_at >= coalesce(o.begins_before, o.period_start) or m.status in ('unread', 'read'))) number
  -- Who is to be called first stands first.
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.contact_name, 'phone', l.contact_phone, 'number', l.contact_phone_e164,
      'email', l.contact_email, 'funnel', l.funnel, 'priority', l.priority, 'createdAt', messaging.iso(l.created_at), 'dueAt', messaging.iso(l.due_at),
      'isOverdue', coalesce(l.due_at < o.created_at, false)) order by l.due_at, l.created_at, l.id), '[]') as leads
    from (
      select m.*, coalesce(fs.title, to_jsonb(f) ->> 'name') as funnel
      from public.messages m
      left join public.funnels f on f.id = m.funnel_id
      left join messaging.funnel_settings fs on fs.funnel_id = m.funnel_id
      where m.business_id = o.business_id and m.status in ('unread', 'read') and m.created_at < o.period_end
        and m.quarantined_at is null and m.type <> 'reminder'
      order by m.due_at, m.created_at, m.id
      limit 20) l) list
  -- What was answered in the period came in then or up to two weeks before.
  cross join lateral (
    select count(*) as leads, count(*) filter (where m.responded_at <= m.due_at) as in_time,
      round(percentile_disc(0.5) within group (order by extract(epoch from greatest(m.responded_at - m.created_at, interval '0')))) as median_seconds
    from public.messages m
    where m.business_id = o.business_id and m.created_at >= o.period_start - interval '14 days' and m.created_at < o.period_end
      and m.responded_at >= o.period_start and m.responded_at < o.period_end and m.quarantined_at is null and m.type <> 'reminder') answer
  -- As the ledger has it: counted where leads and their fallbacks are written, not where deliveries are.
  cross join lateral (
    select sum(e.owed) as accepted
    from public.messages m
    join messaging.message_events e on e.message_id = m.id and e.type in ('message.created', 'delivery.fell_back')
    where m.business_id = o.business_id and m.created_at >= o.period_start and m.created_at < o.period_end
      and m.quarantined_at is null) owed
  cross join lateral (
    select coalesce(sum(c.passed_on), 0) as passed_on, coalesce(sum(c.reached), 0) as reached, coalesce(sum(c.on_its_way), 0) as on_its_way,
      coalesce(sum(c.failed + c.held + c.late), 0) as undelivered, coalesce(sum(c.cancelled), 0) as cancelled,
      coalesce(jsonb_agg(to_jsonb(c)) filter (where c.failed + c.held + c.late > 0), '[]') as by_channel
    from (
      select d.channel, count(*) filter (where ways.passed_on) as passed_on,
        count(*) filter (where not ways.passed_on and d.state in ('sent', 'delivered')) as reached,
        count(*) filter (where not ways.passed_on and d.state in ('failed', 'unknown')) as failed,
        count(*) filter (where not ways.passed_on and d.state = 'held' and not ways.deferred) as held,
        count(*) filter (where d.state in ('pending', 'sending') and ways.late) as late,
        count(*) filter (where d.state in ('pending', 'sending') and not ways.late or ways.deferred) as on_its_way,
        count(*) filter (where d.state = 'cancelled') as cancelled
      from public.messages m
      join messaging.deliveries d on d.message_id = m.id and d.cause = 'lead'
      cross join lateral (
        select d.created_at < o.created_at - interval '5 minutes' as late, coalesce(d.held_reason in ('quiet hours', 'in summary'), false) as deferred,
          d.state in ('held', 'failed', 'unknown')
            and exists (select from messaging.deliveries f where f.fallback_of = d.id) as passed_on) ways
      where m.business_id = o.business_id and m.created_at >= o.period_start and m.created_at < o.period_end
        and m.quarantined_at is null
      group by d.channel) c) fate
  -- The e-mail channel has no row for its recipient: without one this digest does not arrive either.
  cross join lateral (
    select coalesce(jsonb_agg(to_jsonb(p) order by p.channel), '[]') as list
    from (
      select each.channel, sum(each.failed) as failed, sum(each.held) as held, sum(each.late) as late, max(each.reason) as reason
      from (
        select f.channel, f.failed, f.held, f.late, null as reason
        from jsonb_to_recordset(fate.by_channel) as f (channel text, failed bigint, held bigint, late bigint)
        union all
        select d.channel, 0, count(*), 0, null
        from messaging.deliveries d
        where d.business_id = o.business_id and d.state = 'held' and d.cause = 'lead' and d.created_at < o.period_start
          and d.held_reason not in ('quarantine', 'quiet hours', 'in summary', 'channel off', 'disabled')
          and not exists (select from messaging.deliveries f where f.fallback_of = d.id)
        group by d.channel
        union all
        select c.channel_type, 0, 0, 0, state.reason
        from public.message_channels c
        cross join lateral (
          select case when c.awaits_confirmation then 'unconfirmed' when exists (
            select from messaging.suppressions u
            where u.business_id = c.business_id and u.channel = c.channel_type and lower(u.address) = lower(c.config ->> 'to'))
            then 'suppressed' end as reason) state
        where c.business_id = o.business_id and c.is_enabled and c.channel_type <> 'email' and state.reason is not null) each
      group by each.channel) p) problem
  -- Nobody was told of these: without a word here they might wait for ever.
  cross join lateral (
    select count(*) as leads, min(m.quarantined_at) as since
    from public.messages m
    where m.business_id = o.business_id and m.quarantined_at is not null and m.status <> 'archived'
      and m.created_at < o.period_end) quarantined
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('title', coalesce(fs.title, to_jsonb(f) ->> 'name'), 'since', messaging.iso(s.since),
      'expected', round(s.expected)) order by s.since), '[]') as funnels
    from messaging.silences s
    join public.funnels f on f.id = s.funnel_id
    left join messaging.funnel_settings fs on fs.funnel_id = s.funnel_id
    where s.business_id = o.business_id) silent
  cross join lateral (
    select count(*) as messages, coalesce(sum(s.parts), 0) as parts, coalesce(sum(s.cost), 0) as cost
    from messaging.sms_charges s
    where s.business_id = o.business_id and s.charged_at >= o.period_start and s.charged_at < o.period_end and not s.is_returned) sms
)
insert into messaging.deliveries (business_id, cause, period, channel, target_id, payload, next_attempt_at, created_at, updated_at)
select business_id, 'digest', kind || ':' || period, 'email', channel_id,
  jsonb_build_object('kind', kind, 'received', received, 'receivedBefore', received_before, 'waiting', waiting, 'overdue', overdue,
    'leads', leads, 'answered', answered, 'answeredInTime', in_time, 'medianSeconds', median_seconds,
    'owed', owed, 'reached', reached, 'onItsWay', on_its_way, 'undelivered', undelivered, 'cancelled', cancelled, 'problems', problems,
    'channels', (
      select jsonb_agg(c.channel_type order by c.channel_type)
      from public.message_channels c where c.business_id = figures.business_id and c.is_enabled),
    'smsMessages', sms_messages, 'smsParts', sms_parts, 'smsCost', trim_scale(sms_cost),
    'quarantined', quarantined, 'quarantinedSince', messaging.iso(quarantined_since), 'silent', silent,
    'firstDay', to_char(period_start at time zone zone, 'YYYY-MM-DD'),
    'lastDay', to_char(period_end at time zone zone, 'YYYY-MM-DD')),
  created_at, created_at, created_at
from figures
where received > 0 or waiting > 0 or quarantined > 0 or problems <> '[]' or silent <> '[]' or wants_empty
-- One that was sent before, as after a run that somebody has deleted, is not sent twice.
on conflict do nothing
returning id
