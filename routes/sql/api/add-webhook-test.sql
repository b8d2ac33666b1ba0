-- One call with a made-up lead, made once, whether or not the subscription is enabled.
insert into messaging.deliveries (id, business_id, cause, channel, target_id, attempt_limit, next_attempt_at, payload, created_at,
  updated_at)
select gen_random_uuid(), s.business_id, 'test', 'webhook', s.id, 1, now.at, jsonb_build_object('at', messaging.iso(now.at)), now.at,
  now.at
from messaging.webhook_subscriptions s, (select cast(:#${bean:now?method=moment} as timestamptz) as at) now
where s.id = cast(:#${variable.input.values[id]} as uuid)
returning cast(json_build_object('deliveryId', id) as text)
