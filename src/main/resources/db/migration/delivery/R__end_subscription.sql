-- The deliveries of a deleted subscription are cancelled. Only the target is noted here; a timer cancels them page by page.
-- Runs: after a delete of a webhook subscription.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.end_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.switched_targets (lane, channel, business_id, next_due_at)
  values (old.id, 'webhook', old.business_id, now())
  on conflict (lane) do nothing;
  return null;
end $$;

revoke all on function messaging.end_subscription() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger end_subscription after delete on messaging.webhook_subscriptions
for each row execute function messaging.end_subscription();
