-- Puts the sealed texts in place of those they were made from, unless somebody has changed them meanwhile. Says how many.
with change as (
  select * from jsonb_to_recordset(coalesce(cast(:#${variable.changes} as jsonb), '[]')) as c (kind text, id uuid, old text, new text)
),
secret as (
  update messaging.webhook_secrets w set secret = change.new
  from change
  where change.kind = 'secret' and w.id = change.id and w.secret = change.old
  returning w.id
),
headers as (
  update messaging.webhook_subscriptions s set headers = cast(change.new as jsonb)
  from change
  where change.kind = 'headers' and s.id = change.id and s.headers = cast(change.old as jsonb)
  returning s.id
),
client_secrets as (
  update messaging.webhook_subscriptions s
  set authentication = jsonb_set(s.authentication, '{clientSecret}', to_jsonb(change.new))
  from change
  -- A row is changed once in a statement: one whose headers were sealed has its turn in the next.
  where change.kind = 'client secret' and s.id = change.id and s.authentication ->> 'clientSecret' = change.old
    and not exists (select from headers where headers.id = s.id)
  returning s.id
),
recipients as (
  update messaging.channel_secrets k set secret = change.new
  from change
  where change.kind = 'recipient' and k.channel_id = change.id and k.secret = change.old
  returning k.channel_id
),
devices as (
  update messaging.push_devices d set device = change.new
  from change
  where change.kind = 'push device' and d.id = change.id and d.device = change.old
  returning d.id
),
push_key as (
  update messaging.push_keys p set private_key = change.new
  from change
  where change.kind = 'push key' and p.private_key = change.old
  returning p.public_key
)
select (select count(*) from secret) + (select count(*) from headers) + (select count(*) from client_secrets)
  + (select count(*) from recipients) + (select count(*) from devices) + (select count(*) from push_key) as re_encrypted
