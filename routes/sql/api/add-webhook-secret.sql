-- One secret more to sign with; nothing happens where the subscription is not the caller's.
insert into messaging.webhook_secrets (subscription_id, secret, created_at)
select s.id, :#${variable.sealed}, cast(:#${bean:now?method=moment} as timestamptz)
from messaging.webhook_subscriptions s
where s.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
returning cast(id as text)
