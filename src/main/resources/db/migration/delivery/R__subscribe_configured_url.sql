-- The platform may write a URL into the webhook row of message_channels: the first one becomes the business's first webhook
-- subscription, with a secret.
-- Runs: after an insert or update of config of a webhook row of public.message_channels, when it has a URL.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.subscribe_configured_url() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  subscription uuid;
begin
  insert into messaging.webhook_subscriptions (business_id, url)
  select new.business_id, new.config ->> 'url'
  where not exists (select from messaging.webhook_subscriptions s where s.business_id = new.business_id)
  returning id into subscription;
  if subscription is not null then
    insert into messaging.webhook_secrets (subscription_id, secret)
    values (subscription, 'whsec_' || encode(
      decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 'base64'));
  end if;
  return null;
end $$;

revoke all on function messaging.subscribe_configured_url() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger subscribe_configured_url after insert or update of config on public.message_channels
for each row when (new.channel_type = 'webhook' and new.config ->> 'url' <> '')
execute function messaging.subscribe_configured_url();
