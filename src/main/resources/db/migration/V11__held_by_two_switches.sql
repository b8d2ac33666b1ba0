-- A webhook is held as long as its subscription or its channel is off, whichever is switched on first; and a lead is not called
-- unreached while a receipt may still tell, or its fallback is still to come.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_on_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved uuid[];
  at timestamptz;
begin
  select array_agg(distinct n.message_id order by n.message_id), max(n.updated_at) into moved, at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.cause = 'lead'
    and (messaging.shown_status(n.state) <> messaging.shown_status(o.state) or n.outcome_unknown <> o.outcome_unknown
      or (n.receipt_due_at is null) <> (o.receipt_due_at is null))
    and (n.channel in ('email', 'sms') or n.state in ('failed', 'cancelled') or n.outcome_unknown
      or exists (select from public.messages m where m.id = n.message_id and m.unreached_since is not null));
  if moved is null then
    return null;
  end if;
  -- One at a time per message, in one order, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = any (moved) order by m.id for no key update;
  with best as (
    select d.message_id,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'email')] as email,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'sms')] as sms,
      bool_or(d.state in ('pending', 'sending', 'held')
        or d.state in ('sent', 'delivered') and (not d.outcome_unknown or d.receipt_due_at is not null)) as hopeful
    from messaging.deliveries d
    where d.message_id = any (moved) and d.cause = 'lead'
    group by d.message_id
  ),
  shown as (
    update public.messages m
    set email_status = coalesce(best.email, m.email_status), sms_status = coalesce(best.sms, m.sms_status),
      email_sent_at = case when best.email in ('sent', 'delivered') then coalesce(m.email_sent_at, at) else m.email_sent_at end,
      sms_sent_at = case when best.sms in ('sent', 'delivered') then coalesce(m.sms_sent_at, at) else m.sms_sent_at end,
      unreached_since = case when not best.hopeful then coalesce(m.unreached_since, at) end,
      updated_at = at
    from best, public.messages before
    where m.id = best.message_id and before.id = m.id
      and (m.email_status is distinct from coalesce(best.email, m.email_status)
        or m.sms_status is distinct from coalesce(best.sms, m.sms_status)
        or (m.unreached_since is null) <> best.hopeful)
    returning m.id, m.business_id, before.unreached_since is null and m.unreached_since is not null as lost
  )
  insert into messaging.message_events (business_id, message_id, type, created_at)
  select business_id, id, 'message.unreached', at from shown where lost;
  return null;
end $$;

create or replace function messaging.switch_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.disabled_at is null then
    update messaging.deliveries d
    set state = case when h.is_on then 'pending' else 'held' end, held_reason = case when not h.is_on then 'channel off' end,
      updated_at = new.updated_at,
      next_attempt_at = new.updated_at + (h.place - 1) * interval '1 minute' / new.drain_per_minute
    from (
      select id, row_number() over (order by created_at, id) as place,
        not exists (
          select from public.message_channels c
          where c.business_id = new.business_id and c.channel_type = 'webhook' and not c.is_enabled) as is_on
      from messaging.deliveries
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

create or replace function messaging.switch_channel() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.is_enabled then
    update messaging.deliveries d
    set state = case when h.disabled_at is null then 'pending' else 'held' end,
      held_reason = case when h.disabled_at is not null then 'disabled' end, updated_at = now()
    from (
      select waiting.id, s.disabled_at
      from messaging.deliveries waiting
      left join messaging.webhook_subscriptions s on s.id = waiting.lane
      where waiting.business_id = new.business_id and waiting.channel = new.channel_type and waiting.state = 'held'
        and waiting.held_reason = 'channel off') h
    where d.id = h.id;
  else
    update messaging.deliveries d
    set state = 'held', held_reason = 'channel off', updated_at = now()
    where d.business_id = new.business_id and d.channel = new.channel_type and d.state = 'pending';
  end if;
  return null;
end $$;

set local role none;
revoke create on schema messaging from messaging_worker;
