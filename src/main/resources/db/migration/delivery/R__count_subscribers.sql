-- An event says how many webhook deliveries it owes (owed), so that the ledger can be checked against the deliveries. A reminder is a
-- message of the inbox and no lead: its events owe none.
-- Runs: before an insert into messaging.message_events; not for message.created, whose deliveries the accept statement writes,
-- nor for delivery.updated and delivery.fell_back, which no webhook receives.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.count_subscribers() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.owed := (
    select count(*) from messaging.webhook_subscriptions s
    join public.message_channels c on c.business_id = s.business_id and c.channel_type = 'webhook' and c.is_enabled
    where s.business_id = new.business_id and new.type = any (s.event_types)
      and not exists (select from public.messages m where m.id = new.message_id and m.type = 'reminder'));
  return new;
end $$;

revoke all on function messaging.count_subscribers() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger count_subscribers before insert on messaging.message_events
for each row when (new.type not in ('message.created', 'delivery.updated', 'delivery.fell_back'))
execute function messaging.count_subscribers();
