-- The promise of the whole service, in one statement and so in one commit: for each lead of a batch the message, its event, and
-- one delivery for each channel or webhook subscription that is owed it. What was sent before is told apart by hashes: the same
-- Idempotency-Key within a day, or the same request within five minutes, is the message that is there already. One row per
-- request says what became of it; a request without an open funnel gives none. Deliveries for which this instance has reserved
-- concurrency slots are stored under its lease: they are sent from memory, and no claim needs to find them.
with submitted as (
  select * from jsonb_to_recordset(cast(:#leads as jsonb)) as s (
    id uuid, "funnelId" uuid, "businessId" uuid, "contactName" text, "contactPhone" text, "phoneE164" text, "contactEmail" text,
    subject text, message text, priority text, metadata jsonb, key text, contact text, content text, origin text, trusted boolean,
    "spamSignal" text, "preferredFrom" timestamptz, "preferredUntil" timestamptz)
),
-- A key that another request is being stored under is taken; who comes next finds what was stored.
request as materialized (
  select submitted.*, f.business_id, page.any_listed, b.answer_within_minutes, b.keeps_hours, b.quiet_hours, cast(:#${bean:now?method=moment} as timestamptz) as at,
    trusted or origin is null or origin = 'ours' or coalesce(page.is_listed, true) as admitted,
    key is null or pg_try_advisory_xact_lock(hashtextextended("funnelId" || ' ' || key, 3)) as free
  from submitted
  join public.funnels f on f.id = submitted."funnelId"
  left join messaging.funnel_settings s on s.funnel_id = f.id
  left join messaging.business_settings b on b.business_id = f.business_id
  left join lateral (
    select bool_or(o.origin = submitted.origin) as is_listed, count(*) > 0 as any_listed
    from messaging.funnel_origins o where o.funnel_id = f.id) page on page.any_listed
  where coalesce(s.is_active, true)
    and f.business_id = coalesce(submitted."businessId", f.business_id)
),
keyed as (
  insert into messaging.submitted_keys as k (funnel_id, key, body_hash, message_id, submitted_at)
  select "funnelId", key, decode(content, 'hex'), id, at from request
  where key is not null and free and admitted
  order by "funnelId", key
  on conflict (funnel_id, key) do update
  set body_hash = case when k.submitted_at > excluded.submitted_at - interval '24 hours' then k.body_hash else excluded.body_hash end,
    message_id = case when k.submitted_at > excluded.submitted_at - interval '24 hours' then k.message_id else excluded.message_id end,
    submitted_at = case when k.submitted_at > excluded.submitted_at - interval '24 hours' then k.submitted_at else excluded.submitted_at end,
    times = case when k.submitted_at > excluded.submitted_at - interval '24 hours' then k.times + 1 else 1 end
  returning funnel_id, key, body_hash, message_id, submitted_at
),
fresh as (
  select request.*,
    coalesce("spamSignal", case when any_listed and origin is null and not trusted then 'no origin' end) as quarantine_reason
  from request
  left join keyed on keyed.funnel_id = request."funnelId" and keyed.key = request.key
  where admitted and (request.key is null or keyed.message_id = request.id)
),
-- Another key, or a quarantined lead, is a new request.
remembered as (
  insert into messaging.recent_requests as r (funnel_id, contact, content, message_id, priority, requested_at)
  select "funnelId", decode(contact, 'hex'), sha256(convert_to(concat_ws(' ', content, key, quarantine_reason), 'UTF8')), id, priority, at from fresh
  order by "funnelId", contact
  on conflict (funnel_id, contact) do update
  set (message_id, previous_id, priority, requested_at, times, content) = (
    select case when again then r.message_id else excluded.message_id end,
      case when again then r.previous_id when lately then r.message_id end,
      case when again then r.priority when lately then messaging.raised(r.priority, excluded.priority) else excluded.priority end,
      case when again then r.requested_at else excluded.requested_at end,
      case when again then r.times + 1 else 1 end,
      excluded.content
    from (select r.content = excluded.content and r.requested_at > excluded.requested_at - interval '5 minutes' as again,
      r.requested_at > excluded.requested_at - interval '24 hours' as lately) same)
  returning funnel_id, contact, message_id, previous_id, priority, requested_at
),
-- Once for all leads of a business and priority; none for a business without opening and quiet hours.
clock as materialized (
  select kept.*, case when keeps_hours then messaging.call_by(business_id, at, priority, answer_within_minutes) end as due_at,
    case when quiet_hours <> 'off' then messaging.defer_until(business_id, at, priority) end as deferred_until
  from (
    select distinct fresh.business_id, remembered.priority, keeps_hours, quiet_hours, answer_within_minutes, at
    from fresh join remembered on remembered.message_id = fresh.id
    where keeps_hours or quiet_hours <> 'off') kept
),
lead as (
  select fresh.id, "funnelId", fresh.business_id, "contactName", "contactPhone", "phoneE164", "contactEmail", subject, message, metadata,
    remembered.priority, remembered.previous_id, quarantine_reason, fresh.at, "preferredFrom", "preferredUntil",
    coalesce("preferredUntil", clock.due_at, messaging.due(fresh.at, remembered.priority, fresh.answer_within_minutes)) as due_at,
    clock.deferred_until
  from fresh join remembered on remembered.message_id = fresh.id
  left join clock on clock.business_id = fresh.business_id and clock.priority = remembered.priority
),
channel as (
  select lead.id as message_id, lead.quarantine_reason, lead.deferred_until, c.business_id, c.id, c.channel_type, c.awaits_confirmation
  from lead
  join public.message_channels c on c.business_id = lead.business_id and c.is_enabled
  left join public.notification_preferences p on p.business_id = lead.business_id
  where case c.channel_type
    when 'email' then coalesce(p.email_new_messages, true)
    when 'sms' then lead.priority = 'urgent' or not coalesce(p.sms_urgent_only, false)
    else true end
),
notification as (
  select message_id, business_id, id as target_id, channel_type as channel,
    case when channel_type <> all (string_to_array(:#${bean:channels?method=names}, ',')) then 'unknown channel'
      when quarantine_reason is not null then 'quarantine'
      when awaits_confirmation then 'unconfirmed recipient'
      when deferred_until is not null and messaging.notifies_people(channel_type) then 'quiet hours'
    end as held_reason, true as at_once
  from channel where channel_type <> 'webhook'
  union all
  select channel.message_id, channel.business_id, s.id, channel.channel_type,
    case when quarantine_reason is not null then 'quarantine' when s.disabled_at is not null then 'disabled' end,
    s.rate_limit is null
  from channel
  join messaging.webhook_subscriptions s
    on channel.channel_type = 'webhook' and s.business_id = channel.business_id and 'message.created' = any (s.event_types)
),
-- As many of each channel are leased as slots are reserved for it, none to a target that takes nothing at the moment, or that has a rate
-- limit, which the claim keeps. Businesses have them in turn.
target as materialized (
  select nth.*, gen_random_uuid() as id,
    case when ready
        and row_number() over (partition by channel, ready order by turn) <= coalesce(cast(reserved.slots ->> channel as integer), 0)
      then reserved.holder end as leased_by
  from (
    select notification.*, ready, row_number() over (partition by channel, business_id, ready) as turn
    from notification
    cross join (select cast(string_to_array(:#${variable.reservation.busy}, ',') as uuid[]) as targets) busy
    cross join lateral (select held_reason is null and at_once and target_id <> all (busy.targets) as ready) readiness) nth
  cross join (
    select cast(:#${variable.reservation.json} as jsonb) as slots, cast(:#${bean:instance?method=name} as text) as holder) reserved
),
-- Materialized, or it would be summed up anew for each lead of the batch.
summary as materialized (
  select message_id, count(*) as deliveries, bool_or(channel = 'email') as by_email, bool_or(channel = 'sms') as by_sms,
    bool_or(held_reason = 'quiet hours') as is_deferred,
    string_agg(distinct channel, ',') filter (where held_reason is null and leased_by is null) as channels,
    json_agg(json_build_object('id', id, 'channel', channel, 'queueId', target_id)) filter (where leased_by is not null) as leased
  from target
  group by message_id
),
accepted as (
  select lead.*, coalesce(summary.deliveries, 0) as deliveries, summary.by_email, summary.by_sms, summary.channels, summary.leased,
    case when summary.is_deferred then lead.deferred_until end as notified_at
  from lead left join summary on summary.message_id = lead.id
),
message as (
  insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164,
    contact_email, subject, message, priority, metadata, follows, quarantined_at, quarantine_reason, email_status, sms_status,
    unreached_since, due_at, preferred_from, preferred_until, created_at, updated_at)
  select id, "funnelId", business_id, 'callback_request', "contactName", "contactPhone", "phoneE164",
    "contactEmail", subject, message, priority, metadata, previous_id, case when quarantine_reason is not null then at end, quarantine_reason,
    case when by_email then 'pending' end, case when by_sms then 'pending' end, case when deliveries = 0 then at end,
    due_at, "preferredFrom", "preferredUntil", at, at
  from accepted
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
  select business_id, id, 'message.created',
    jsonb_strip_nulls(jsonb_build_object('follows', previous_id, 'quarantine', quarantine_reason, 'deferredUntil', messaging.iso(notified_at))),
    deliveries, at
  from accepted
  union all
  -- With no way to its business there is nothing that could fail, so this is the moment to say so; of a lead in quarantine nobody is
  -- told anything.
  select business_id, id, 'message.unreached', '{}', 0, at
  from accepted
  where deliveries = 0 and quarantine_reason is null
),
delivery as (
  insert into messaging.deliveries (id, business_id, cause, message_id, channel, target_id, state, held_reason, attempts, leased_by,
    lease_until, next_attempt_at, created_at, updated_at)
  select target.id, lead.business_id, 'lead', lead.id, target.channel, target.target_id,
    case when target.held_reason is not null then 'held' when target.leased_by is null then 'pending' else 'sending' end,
    target.held_reason, case when target.leased_by is null then 0 else 1 end, target.leased_by,
    case when target.leased_by is not null then lead.at + cast(:#${bean:lease?method=length} as interval) end,
    case when target.held_reason = 'quiet hours' then lead.deferred_until else lead.at end, lead.at, lead.at
  from lead join target on target.message_id = lead.id
)
select cast(request.id as text) as id,
  case when not request.admitted then 'foreign origin'
    when not request.free then 'running'
    when keyed.body_hash <> decode(request.content, 'hex') then 'other body'
    when keyed.message_id <> request.id then 'replayed'
    when accepted.id is null then 'again'
    else 'stored' end as outcome,
  cast(coalesce(keyed.message_id, remembered.message_id) as text) as message_id,
  to_char(coalesce(keyed.submitted_at, remembered.requested_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
  accepted.channels, cast(accepted.business_id as text) as business_id,
  cast(request."funnelId" as text) as funnel_id, cast(accepted.leased as text) as leased,
  -- What a channel needs of the lead; claim-deliveries.sql reads the same from its row.
  case when accepted.leased is not null then cast(json_build_object('id', accepted.id, 'business_id', accepted.business_id,
    'funnel_id', accepted."funnelId", 'type', 'callback_request', 'contact_name', accepted."contactName",
    'contact_phone', accepted."contactPhone", 'contact_phone_e164', accepted."phoneE164", 'contact_email', accepted."contactEmail",
    'subject', accepted.subject, 'message', accepted.message, 'priority', accepted.priority, 'metadata', accepted.metadata,
    'due_at', accepted.due_at, 'preferred_from', accepted."preferredFrom", 'preferred_until', accepted."preferredUntil",
    'created_at', accepted.at) as text) end as message
from request
left join keyed on keyed.funnel_id = request."funnelId" and keyed.key = request.key
left join remembered on keyed.key is null and remembered.funnel_id = request."funnelId" and remembered.contact = decode(request.contact, 'hex')
left join accepted on accepted.id = request.id
