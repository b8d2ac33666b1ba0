-- One subscription as its business sees it: without the values of its headers, which may be secrets, and with a signing secret
-- only where that was made a moment ago.
select cast(json_build_object(
  'id', s.id, 'url', s.url, 'description', s.description, 'eventTypes', s.event_types,
  'headers', coalesce((select json_object_agg(h.name, repeat(chr(8226), 4)) from jsonb_object_keys(s.headers) h (name)), '{}'),
  'drainPerMinute', s.drain_per_minute, 'rateLimit', s.rate_limit, 'ordering', s.ordering, 'payloadTemplate', s.payload_template,
  'authentication', s.authentication - 'clientSecret', 'enabled', s.disabled_at is null, 'disabledAt', messaging.iso(s.disabled_at),
  'disabledReason', s.disabled_reason, 'failingSince', messaging.iso(s.failing_since), 'secret', cast(:#${variable.secret} as text),
  'secrets', (
    select coalesce(json_agg(json_build_object('createdAt', messaging.iso(w.created_at), 'expiresAt', messaging.iso(w.expires_at))
      order by w.created_at desc, w.id), '[]')
    from messaging.webhook_secrets w
    where w.subscription_id = s.id and (w.expires_at is null or w.expires_at > cast(:#${bean:now?method=moment} as timestamptz))),
  'createdAt', messaging.iso(s.created_at), 'updatedAt', messaging.iso(s.updated_at)) as text) as subscription
from messaging.webhook_subscriptions s
where s.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
