-- A subscription more, unless there are a hundred: then no row comes back. A business whose webhook channel was never set up has
-- it on from now on, because nothing is owed to subscriptions of one without.
with input as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.input.body} as jsonb) as body,
    cast(:#${bean:now?method=moment} as timestamptz) as at
  where (select count(*) from messaging.webhook_subscriptions) < 100
),
channel as (
  insert into public.message_channels (business_id, channel_type)
  select business_id, 'webhook' from input
  where not exists (select from public.message_channels c where c.business_id = input.business_id and c.channel_type = 'webhook')
  on conflict do nothing
)
insert into messaging.webhook_subscriptions (business_id, url, description, event_types, headers, drain_per_minute, rate_limit,
  ordering, payload_template, authentication, created_at, updated_at)
select business_id, body ->> 'url', body ->> 'description',
  case when body -> 'eventTypes' is null then '{message.created}'
    else array(select jsonb_array_elements_text(body -> 'eventTypes')) end,
  coalesce(cast(:#${variable.headers} as jsonb), '{}'), coalesce(cast(cast(body ->> 'drainPerMinute' as numeric) as integer), 600),
  cast(cast(body ->> 'rateLimit' as numeric) as integer), coalesce(body ->> 'ordering', 'none'), body ->> 'payloadTemplate',
  cast(:#${variable.authentication} as jsonb), at, at
from input
returning cast(id as text)
