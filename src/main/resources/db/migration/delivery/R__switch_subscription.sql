-- The deliveries of a subscription follow its switch: held when it is disabled, sent when it is enabled again. Only the target is
-- noted here, in switched_targets; a timer moves the deliveries page by page. When the service disabled it, because the endpoint
-- is gone or keeps failing, the owner gets an e-mail.
-- Runs: after an update that disables or enables a webhook subscription.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.switch_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.switched_targets (lane, channel, business_id, next_due_at)
  values (new.id, 'webhook', new.business_id, new.updated_at)
  on conflict (lane) do update set next_due_at = excluded.next_due_at;
  if new.disabled_reason in ('gone', 'failing') then
    insert into messaging.deliveries (business_id, cause, channel, target_id, period, payload, next_attempt_at, created_at, updated_at)
    select new.business_id, 'account', 'email', c.id, 'webhook-disabled ' || new.id || ' ' || new.disabled_at,
      jsonb_build_object('notice', 'webhook-disabled', 'subscription', new.id, 'url', new.url, 'reason', new.disabled_reason,
        'failingSince', new.failing_since, 'disabledAt', new.disabled_at),
      new.updated_at, new.updated_at, new.updated_at
    from public.message_channels c
    where c.business_id = new.business_id and c.channel_type = 'email' and c.is_enabled
    on conflict do nothing;
  end if;
  return null;
end $$;

revoke all on function messaging.switch_subscription() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger switch_subscription after update of disabled_at on messaging.webhook_subscriptions
for each row when ((old.disabled_at is null) <> (new.disabled_at is null))
execute function messaging.switch_subscription();
