-- Whoever is told that a webhook was disabled is told which one to enable again: the notice names the subscription.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;
create or replace function messaging.switch_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.disabled_at is null then
    update messaging.deliveries d
    set state = 'pending', held_reason = null, updated_at = new.updated_at,
      next_attempt_at = new.updated_at + (h.place - 1) * interval '1 minute' / new.drain_per_minute
    from (
      select id, row_number() over (order by created_at, id) as place from messaging.deliveries
      where lane = new.id and state = 'held' and held_reason = 'disabled') h
    where d.id = h.id;
    return null;
  end if;
  update messaging.deliveries
  set state = 'held', held_reason = 'disabled', updated_at = new.updated_at
  where channel = 'webhook' and business_id = new.business_id and lane = new.id and state = 'pending';
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
set local role none;
revoke create on schema messaging from messaging_worker;
