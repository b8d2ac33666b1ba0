-- What must stay true whoever changes a row, for many rows at once. All of it runs as the worker.

drop trigger show_on_message on messaging.deliveries;

-- How far a delivery is, worst first: what a message shows of a channel is its best.
create function messaging.progress(state text) returns integer language sql immutable as $$
  select array_position(array['failed', 'pending', 'sent', 'delivered'], messaging.shown_status(state))
$$;

-- email_status, sms_status and unreached_since of the messages whose deliveries a statement has moved.
create function messaging.show_on_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved uuid[];
  at timestamptz;
begin
  select array_agg(distinct n.message_id order by n.message_id), max(n.updated_at) into moved, at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.cause = 'lead'
    and (messaging.shown_status(n.state) <> messaging.shown_status(o.state) or n.outcome_unknown <> o.outcome_unknown)
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
        or d.state in ('sent', 'delivered') and not d.outcome_unknown) as hopeful
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

create trigger show_on_messages after update on messaging.deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function messaging.show_on_messages();

-- The next way to a business when one has failed, or when nobody knows whether it arrived: an entry of its own in the lead's
-- timeline, and counted as owed there. Channels that the lead is or was on already are passed over, so this ends.
create function messaging.fall_back() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  way record;
begin
  -- Two of a lead's deliveries that fail together must not both choose the same way.
  perform from public.messages m where m.id = new.message_id for no key update;
  with recursive replaced as (
    select new.channel as channel, new.fallback_of as earlier
    union all
    select d.channel, d.fallback_of from replaced join messaging.deliveries d on d.id = replaced.earlier
  )
  select f.fallback as channel, c.id as target into way
  from messaging.fallbacks f
  join public.message_channels c on c.business_id = f.business_id and c.channel_type = f.fallback and c.is_enabled
  where f.business_id = new.business_id
    and f.channel = (select replaced.channel from replaced where replaced.earlier is null)
    and f.fallback <> 'webhook'
    and not exists (
      select from messaging.deliveries d
      where d.message_id = new.message_id and d.cause = new.cause and d.channel = f.fallback)
  order by f.position
  limit 1;
  if found then
    insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, fallback_of, payload,
      next_attempt_at, created_at, updated_at)
    values (new.business_id, new.cause, new.message_id, way.channel, way.target, new.id, new.payload,
      new.updated_at, new.updated_at, new.updated_at);
    insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
    values (new.business_id, new.message_id, 'delivery.fell_back',
      jsonb_build_object('delivery', new.id, 'from', new.channel, 'to', way.channel, 'reason', new.last_error), 1, new.updated_at);
  end if;
  if new.state = 'failed' then
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    values (new.business_id, new.message_id, 'delivery.failed',
      jsonb_build_object('delivery', new.id, 'channel', new.channel, 'attempts', new.attempts, 'error', new.last_error,
        'fallback', way.channel), new.updated_at);
  end if;
  return null;
end $$;

create trigger fall_back after update of state, receipt_due_at on messaging.deliveries
for each row when (
  new.cause in ('lead', 'reply')
  and (new.state = 'failed' and old.state <> 'failed'
    or old.receipt_due_at is not null and new.receipt_due_at is null and new.state = 'sent' and new.outcome_unknown))
execute function messaging.fall_back();

-- Events that webhook subscriptions may ask for, beside message.created, which the accept statement fans out itself.
create function messaging.count_subscribers() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.owed := (
    select count(*) from messaging.webhook_subscriptions s
    join public.message_channels c on c.business_id = s.business_id and c.channel_type = 'webhook' and c.is_enabled
    where s.business_id = new.business_id and new.type = any (s.event_types));
  return new;
end $$;

create function messaging.tell_subscribers() returns trigger language plpgsql security definer set search_path = '' as $$
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

create trigger count_subscribers before insert on messaging.message_events
for each row when (new.type not in ('message.created', 'delivery.updated', 'delivery.fell_back'))
execute function messaging.count_subscribers();
create trigger tell_subscribers after insert on messaging.message_events
for each row when (new.type not in ('message.created', 'delivery.updated', 'delivery.fell_back') and new.owed > 0)
execute function messaging.tell_subscribers();

-- The platform may change a message's status directly; whoever announces the change in the same statement says so first.
create function messaging.announce_status() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.' || new.status,
    jsonb_strip_nulls(jsonb_build_object('from', old.status, 'to', new.status, 'acknowledgedAt', new.acknowledged_at,
      'acknowledgedBy', new.acknowledged_by)), now());
  return null;
end $$;

create trigger announce_status after update of status on public.messages
for each row when (old.status is distinct from new.status and coalesce(current_setting('messaging.announced', true), '') = '')
execute function messaging.announce_status();

-- A disabled subscription keeps what is owed to it; enabled again it gets it at its pace, the oldest first.
create function messaging.switch_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
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
      jsonb_build_object('notice', 'webhook-disabled', 'url', new.url, 'reason', new.disabled_reason,
        'failingSince', new.failing_since, 'disabledAt', new.disabled_at),
      new.updated_at, new.updated_at, new.updated_at
    from public.message_channels c
    where c.business_id = new.business_id and c.channel_type = 'email' and c.is_enabled
    on conflict do nothing;
  end if;
  return null;
end $$;

create trigger switch_subscription after update of disabled_at on messaging.webhook_subscriptions
for each row when ((old.disabled_at is null) <> (new.disabled_at is null))
execute function messaging.switch_subscription();

-- Nothing more can be sent to what is gone; that it was owed stays on record.
create function messaging.end_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.deliveries
  set state = 'cancelled', held_reason = null, last_error = 'The webhook subscription was deleted', ended_at = now(), updated_at = now()
  where lane = old.id and channel = 'webhook' and business_id = old.business_id and state in ('pending', 'held');
  return null;
end $$;

create trigger end_subscription after delete on messaging.webhook_subscriptions
for each row execute function messaging.end_subscription();

-- The same for a channel that is switched off and on.
create function messaging.switch_channel() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.is_enabled then
    update messaging.deliveries d
    set state = 'pending', held_reason = null, updated_at = now()
    where d.business_id = new.business_id and d.channel = new.channel_type and d.state = 'held' and d.held_reason = 'channel off';
  else
    update messaging.deliveries d
    set state = 'held', held_reason = 'channel off', updated_at = now()
    where d.business_id = new.business_id and d.channel = new.channel_type and d.state = 'pending';
  end if;
  return null;
end $$;

create trigger switch_channel after update of is_enabled on public.message_channels
for each row when (old.is_enabled <> new.is_enabled)
execute function messaging.switch_channel();

revoke all on all functions in schema messaging from public, anon, authenticated;
grant execute on function messaging.progress(text) to messaging_worker;
grant create on schema messaging to messaging_worker;
do $$
declare
  each text;
begin
  foreach each in array array['show_on_messages', 'fall_back', 'count_subscribers', 'tell_subscribers', 'announce_status',
    'switch_subscription', 'end_subscription', 'switch_channel'] loop
    execute format('alter function messaging.%I() owner to messaging_worker', each);
  end loop;
end $$;
revoke create on schema messaging from messaging_worker;
