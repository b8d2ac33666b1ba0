-- Changes what was given and nothing else. At a new address the history of the old one means nothing.
update messaging.webhook_subscriptions s
set url = coalesce(input.body ->> 'url', s.url),
  description = case when input.body -> 'description' is null then s.description else input.body ->> 'description' end,
  event_types = case when input.body -> 'eventTypes' is null then s.event_types
    else array(select jsonb_array_elements_text(input.body -> 'eventTypes')) end,
  headers = coalesce(cast(:#${variable.headers} as jsonb), s.headers),
  drain_per_minute = coalesce(cast(cast(input.body ->> 'drainPerMinute' as numeric) as integer), s.drain_per_minute),
  rate_limit = case when input.body -> 'rateLimit' is null then s.rate_limit
    else cast(cast(input.body ->> 'rateLimit' as numeric) as integer) end,
  next_send_at = case when input.body -> 'rateLimit' is null then s.next_send_at end,
  ordering = coalesce(input.body ->> 'ordering', s.ordering),
  payload_template = case when input.body -> 'payloadTemplate' is null then s.payload_template else input.body ->> 'payloadTemplate' end,
  authentication = case when input.body -> 'authentication' is null then s.authentication else cast(:#${variable.authentication} as jsonb) end,
  failing_since = case when input.body ->> 'url' <> s.url then null else s.failing_since end,
  updated_at = cast(:#${bean:now?method=moment} as timestamptz)
from (select cast(:#${variable.input.body} as jsonb) as body) input
where s.id = cast(:#${variable.input.values[id]} as uuid)
returning cast(s.id as text)
