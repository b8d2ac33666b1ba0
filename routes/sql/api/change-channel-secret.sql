-- Keeps a recipient that is a secret, sealed, with what people may see of it; forgets the one before where another recipient was given.
-- A statement of its own, because the rules of its table look for the row of the channel.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.recipient.sealed} as text) as secret,
    cast(:#${variable.recipient.shown} as text) as shown, c.id as channel_id
  from public.message_channels c
  where c.business_id = cast(:#${variable.caller.businessId} as uuid) and c.channel_type = :#${variable.input.values[type]}
),
forgotten as (
  delete from messaging.channel_secrets s using input
  where s.channel_id = input.channel_id and jsonb_exists(input.body, 'recipient') and input.secret is null
  returning s.channel_id
),
kept as (
  insert into messaging.channel_secrets as s (channel_id, secret, shown)
  select channel_id, secret, shown from input where secret is not null
  on conflict (channel_id) do update
  set secret = cast(:#${variable.recipient.sealed} as text), shown = cast(:#${variable.recipient.shown} as text)
  returning s.channel_id
)
select (select count(*) from forgotten) + (select count(*) from kept) as changed
