-- The promise of the whole service, in one statement and so in one commit: the message, its event, and one delivery for
-- each channel or webhook subscription that is owed it. No row comes back when there is no open funnel with this id.
with funnel as (
  select f.id, f.business_id, cast(:#${bean:now} as timestamptz) as at
  from public.funnels f
  left join messaging.funnel_settings s on s.funnel_id = f.id
  where f.id = cast(:#${body.funnelId} as uuid)
    and coalesce(s.is_active, true)
    and f.business_id = coalesce(cast(:#${body.businessId} as uuid), f.business_id)
),
channel as (
  select c.id, c.channel_type
  from funnel
  join public.message_channels c on c.business_id = funnel.business_id and c.is_enabled
  left join public.notification_preferences p on p.business_id = funnel.business_id
  where case c.channel_type
    when 'email' then coalesce(p.email_new_messages, true)
    when 'sms' then cast(:#${body.priority} as text) = 'urgent' or not coalesce(p.sms_urgent_only, false)
    else true end
),
target as (
  select id, channel_type as channel,
    case when channel_type <> all (string_to_array(:#${bean:channels?method=names}, ',')) then 'unknown channel' end as held_reason
  from channel where channel_type <> 'webhook'
  union all
  select s.id, channel.channel_type, case when s.disabled_at is not null then 'disabled' end
  from channel
  join funnel on channel.channel_type = 'webhook'
  join messaging.webhook_subscriptions s
    on s.business_id = funnel.business_id and 'message.created' = any (s.event_types)
),
message as (
  insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164,
    contact_email, subject, message, priority, metadata, email_status, sms_status, created_at, updated_at)
  select cast(:#${body.id} as uuid), funnel.id, funnel.business_id, 'callback_request', :#${body.contactName},
    :#${body.contactPhone}, :#${body.phoneE164}, :#${body.contactEmail}, :#${body.subject}, :#${body.message},
    :#${body.priority}, cast(:#${body.metadata} as jsonb),
    case when exists (select from target where channel = 'email') then 'pending' end,
    case when exists (select from target where channel = 'sms') then 'pending' end,
    funnel.at, funnel.at
  from funnel
),
event as (
  insert into messaging.message_events (business_id, message_id, type, owed, created_at)
  select funnel.business_id, cast(:#${body.id} as uuid), 'message.created', (select count(*) from target), funnel.at
  from funnel
),
delivery as (
  insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason,
    next_attempt_at, created_at, updated_at)
  select funnel.business_id, 'lead', cast(:#${body.id} as uuid), target.channel, target.id,
    case when target.held_reason is null then 'pending' else 'held' end, target.held_reason,
    funnel.at, funnel.at, funnel.at
  from funnel cross join target
)
select to_char(funnel.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
  (select string_agg(distinct target.channel, ',') from target where target.held_reason is null) as channels
from funnel
