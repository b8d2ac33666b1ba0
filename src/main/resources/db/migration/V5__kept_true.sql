-- What must stay true whoever changes a row: by a trigger, run as the worker so that it sees and may do what it needs.

-- email_status and sms_status of a message are the best among its lead deliveries of that channel:
-- delivered, sent, then pending (also while sending or held), then failed (also cancelled).
create function messaging.shown_status(state text) returns text language sql immutable as $$
  select case
    when state in ('delivered', 'sent') then state
    when state in ('pending', 'sending', 'held') then 'pending'
    else 'failed'
  end
$$;

create function messaging.show_on_message() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  best text;
begin
  -- One at a time per message, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = new.message_id for no key update;
  select messaging.shown_status(d.state) into best
  from messaging.deliveries d
  where d.message_id = new.message_id and d.channel = new.channel and d.cause = 'lead'
  order by array_position(array['delivered', 'sent', 'pending', 'failed'], messaging.shown_status(d.state))
  limit 1;
  if new.channel = 'email' then
    update public.messages m
    set email_status = best, updated_at = new.updated_at,
        email_sent_at = case when best in ('sent', 'delivered') then coalesce(m.email_sent_at, new.updated_at) else m.email_sent_at end
    where m.id = new.message_id and m.email_status is distinct from best;
  else
    update public.messages m
    set sms_status = best, updated_at = new.updated_at,
        sms_sent_at = case when best in ('sent', 'delivered') then coalesce(m.sms_sent_at, new.updated_at) else m.sms_sent_at end
    where m.id = new.message_id and m.sms_status is distinct from best;
  end if;
  return null;
end $$;

create trigger show_on_message after update of state on messaging.deliveries
for each row when (
  new.cause = 'lead' and new.channel in ('email', 'sms')
  and messaging.shown_status(old.state) <> messaging.shown_status(new.state))
execute function messaging.show_on_message();

-- What intake writes is shown by the accept statement itself.
create trigger show_fallback_on_message after insert on messaging.deliveries
for each row when (new.cause = 'lead' and new.channel in ('email', 'sms') and new.fallback_of is not null)
execute function messaging.show_on_message();

-- The platform may go on writing config.url into the webhook row of message_channels: the first one becomes the
-- business's first subscription.
create function messaging.subscribe_configured_url() returns trigger language plpgsql security definer set search_path = '' as $$
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

create trigger subscribe_configured_url after insert or update of config on public.message_channels
for each row when (new.channel_type = 'webhook' and new.config ->> 'url' <> '')
execute function messaging.subscribe_configured_url();

-- Channels that the platform set up before this service arrived; as the worker, whom row-level security lets see them.
set local role messaging_worker;
insert into messaging.webhook_subscriptions (business_id, url)
select business_id, config ->> 'url' from public.message_channels
where channel_type = 'webhook' and config ->> 'url' <> '';
insert into messaging.webhook_secrets (subscription_id, secret)
select id, 'whsec_' || encode(decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 'base64')
from messaging.webhook_subscriptions;
reset role;

revoke all on all functions in schema messaging from public, anon, authenticated;
grant execute on function messaging.shown_status(text) to messaging_worker;
grant create on schema messaging to messaging_worker;
alter function messaging.show_on_message() owner to messaging_worker;
alter function messaging.subscribe_configured_url() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
