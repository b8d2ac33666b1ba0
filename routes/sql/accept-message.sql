-- The promise of the whole service, in one statement and so in one commit: for each lead of a batch the message, its event, and
-- one delivery for each channel or webhook subscription that is owed it. A lead without an open funnel gives no row.
with submitted as (
  select * from jsonb_to_recordset(cast(:#leads as jsonb)) as s (
    id uuid, "funnelId" uuid, "businessId" uuid, "contactName" text, "contactPhone" text, "phoneE164" text, "contactEmail" text,
    subject text, message text, priority text, metadata jsonb)
),
lead as (
  select submitted.*, f.business_id, cast(:#${bean:now} as timestamptz) as at
  from submitted
  join public.funnels f on f.id = submitted."funnelId"
  left join messaging.funnel_settings s on s.funnel_id = f.id
  where coalesce(s.is_active, true)
    and f.business_id = coalesce(submitted."businessId", f.business_id)
),
channel as (
  select lead.id as message_id, c.business_id, c.id, c.channel_type
  from lead
  join public.message_channels c on c.business_id = lead.business_id and c.is_enabled
  left join public.notification_preferences p on p.business_id = lead.business_id
  where case c.channel_type
    when 'email' then coalesce(p.email_new_messages, true)
    when 'sms' then lead.priority = 'urgent' or not coalesce(p.sms_urgent_only, false)
    else true end
),
target as (
  select message_id, business_id, id, channel_type as channel,
    case when channel_type <> all (string_to_array(:#${bean:channels?method=names}, ',')) then 'unknown channel' end as held_reason
  from channel where channel_type <> 'webhook'
  union all
  select channel.message_id, channel.business_id, s.id, channel.channel_type,
    case when s.disabled_at is not null then 'disabled' end
  from channel
  join messaging.webhook_subscriptions s
    on channel.channel_type = 'webhook' and s.business_id = channel.business_id and 'message.created' = any (s.event_types)
),
owed as (
  select message_id, count(*) as deliveries, bool_or(channel = 'email') as by_email, bool_or(channel = 'sms') as by_sms,
    string_agg(distinct channel, ',') filter (where held_reason is null) as channels
  from target
  group by message_id
),
accepted as (
  select lead.*, coalesce(owed.deliveries, 0) as deliveries, owed.by_email, owed.by_sms, owed.channels
  from lead left join owed on owed.message_id = lead.id
),
message as (
  insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164,
    contact_email, subject, message, priority, metadata, email_status, sms_status, unreached_since, created_at, updated_at)
  select id, "funnelId", business_id, 'callback_request', "contactName", "contactPhone", "phoneE164",
    "contactEmail", subject, message, priority, metadata,
    case when by_email then 'pending' end, case when by_sms then 'pending' end, case when deliveries = 0 then at end, at, at
  from accepted
),
event as (
  insert into messaging.message_events (business_id, message_id, type, owed, created_at)
  select business_id, id, 'message.created', deliveries, at
  from accepted
  union all
  -- With no way to its business there is nothing that could fail, so this is the moment to say so.
  select business_id, id, 'message.unreached', 0, at
  from accepted
  where deliveries = 0
),
delivery as (
  insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason,
    next_attempt_at, created_at, updated_at)
  select lead.business_id, 'lead', lead.id, target.channel, target.id,
    case when target.held_reason is null then 'pending' else 'held' end, target.held_reason, lead.at, lead.at, lead.at
  from lead join target on target.message_id = lead.id
)
select cast(id as text) as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at, channels
from accepted
