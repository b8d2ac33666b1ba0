-- One delivery to where the leads of this channel go, whether or not it is on: to its recipient, or to each webhook subscription that
-- is enabled. No row comes back where there is nobody to send to.
with input as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.input.values[type]} as text) as channel,
    cast(:#${variable.limit} as smallint) as attempt_limit, cast(:#${variable.caller.name} as text) as by,
    cast(:#${bean:now?method=moment} as timestamptz) as at
),
way as (
  select input.*, c.id as target_id, coalesce(k.shown, btrim(c.config ->> 'to')) as recipient
  from input
  join public.message_channels c on c.business_id = input.business_id and c.channel_type = input.channel
  left join messaging.channel_secrets k on k.channel_id = c.id
  where input.channel <> 'webhook'
    and (coalesce(k.shown, btrim(c.config ->> 'to')) <> '' or not cast(:#${variable.hasRecipient} as boolean))
  union all
  select input.*, s.id, null
  from input
  join messaging.webhook_subscriptions s on s.business_id = input.business_id and s.disabled_at is null
  where input.channel = 'webhook'
),
made as (
  insert into messaging.deliveries as d (id, business_id, cause, channel, target_id, recipient, attempt_limit, payload, next_attempt_at,
    created_at, updated_at)
  select gen_random_uuid(), business_id, 'test', channel, target_id, recipient, attempt_limit,
    jsonb_build_object('at', messaging.iso(at), 'by', by), at, at, at
  from way
  returning d.id, messaging.shown(d) as delivery
)
select cast(json_build_object('deliveries', json_agg(delivery order by id)) as text) as deliveries
from made
having count(*) > 0
