-- The deliveries of a channel follow its switch: held when it is switched off, sent when it is switched on. The same while its first
-- recipient waits to be confirmed. Only the targets are noted here; a timer moves the deliveries page by page. A trigger, because the platform may write the table directly.
-- Runs: after an update of is_enabled, config or awaits_confirmation of a row of public.message_channels.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.switch_channel() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.switched_targets (lane, channel, business_id, next_due_at)
  select target.id, new.channel_type, new.business_id, new.updated_at
  from (
    select s.id from messaging.webhook_subscriptions s where new.channel_type = 'webhook' and s.business_id = new.business_id
    union all
    select new.id where new.channel_type <> 'webhook') target
  on conflict (lane) do update set next_due_at = excluded.next_due_at;
  return null;
end $$;

revoke all on function messaging.switch_channel() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger switch_channel after update of is_enabled, config, awaits_confirmation on public.message_channels
for each row when (old.is_enabled <> new.is_enabled
  or old.awaits_confirmation <> new.awaits_confirmation)
execute function messaging.switch_channel();
