-- An event is delivered to every webhook subscription of the business that asks for its type; held when the subscription is
-- disabled.
-- Runs: after an insert into messaging.message_events that owes deliveries (owed > 0); not for the types that
-- count_subscribers() leaves out.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.tell_subscribers() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.deliveries (business_id, cause, message_id, event_id, channel, target_id, state, held_reason,
    next_attempt_at, created_at, updated_at)
  select new.business_id, 'event', new.message_id, new.id, 'webhook', s.id,
    case when s.disabled_at is null then 'pending' else 'held' end, case when s.disabled_at is not null then 'disabled' end,
    new.created_at, new.created_at, new.created_at
  from messaging.webhook_subscriptions s
  join public.message_channels c on c.business_id = s.business_id and c.channel_type = 'webhook' and c.is_enabled
  where s.business_id = new.business_id and new.type = any (s.event_types);
  return null;
end $$;

revoke all on function messaging.tell_subscribers() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger tell_subscribers after insert on messaging.message_events
for each row when (new.type not in ('message.created', 'delivery.updated', 'delivery.fell_back') and new.owed > 0)
execute function messaging.tell_subscribers();
