-- Some of what is not sealed with the key in use: any of them, so that those which no key opens do not stand before the others.
with unsealed as (
  select 'secret' as kind, w.id, s.business_id, w.secret as stored
  from messaging.webhook_secrets w
  join messaging.webhook_subscriptions s on s.id = w.subscription_id
  where not starts_with(w.secret, :#${bean:webhookSecrets?method=currentMark})
  union all
  select 'headers', s.id, s.business_id, cast(s.headers as text)
  from messaging.webhook_subscriptions s
  where exists (
    select from jsonb_each_text(s.headers) h where not starts_with(h.value, :#${bean:webhookSecrets?method=currentMark}))
  union all
  select 'client secret', s.id, s.business_id, s.authentication ->> 'clientSecret'
  from messaging.webhook_subscriptions s
  where not starts_with(s.authentication ->> 'clientSecret', :#${bean:webhookSecrets?method=currentMark})
  union all
  select 'recipient', k.channel_id, c.business_id, k.secret
  from messaging.channel_secrets k
  join public.message_channels c on c.id = k.channel_id
  where not starts_with(k.secret, :#${bean:webhookSecrets?method=currentMark})
  union all
  select 'push device', d.id, d.business_id, d.device
  from messaging.push_devices d
  where not starts_with(d.device, :#${bean:webhookSecrets?method=currentMark})
  union all
  select 'push key', cast(md5(p.public_key) as uuid), null, p.private_key
  from messaging.push_keys p
  where not starts_with(p.private_key, :#${bean:webhookSecrets?method=currentMark})
)
select cast(id as text) as id, kind, business_id, stored from unsealed order by random() limit 100
