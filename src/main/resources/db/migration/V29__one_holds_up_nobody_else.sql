-- One key, one locked row, one switch and one bad row hold up nobody else: look-ups by an index, what waits for a lead that somebody has
-- locked is shown later, and what a switch moves is moved page by page.

-- Each call with a key looks for its hash.
create unique index api_keys_hash on messaging.api_keys (hash);

-- A lead that somebody has locked -----------------------------------------------------------------------------------------------------

-- The same request once more: kept until it is counted on its lead. Without a key to the lead, which would wait for whoever has it.
create table messaging.repeats (
  id bigint generated always as identity primary key,
  message_id uuid not null,
  repeated_at timestamptz not null
);
create index repeats_message_id on messaging.repeats (message_id, id);

-- What a change of a delivery means for a lead that somebody has locked: told, shown and passed on as soon as the lead is free.
create table messaging.unshown_changes (
  id bigint generated always as identity primary key,
  message_id uuid not null,
  delivery_id uuid not null references messaging.deliveries (id) on delete cascade,
  told_from text,
  told_to text,
  has_failed boolean not null default false
);
create index unshown_changes_message_id on messaging.unshown_changes (message_id, id);
create index unshown_changes_delivery_id on messaging.unshown_changes (delivery_id);

do $$
declare
  each text;
begin
  foreach each in array array['repeats', 'unshown_changes'] loop
    -- Default privileges may have said otherwise.
    execute format('revoke all on messaging.%I from public, anon, authenticated', each);
    execute format('revoke all on sequence messaging.%I from public, anon, authenticated', each || '_id_seq');
    execute format('alter table messaging.%I enable row level security, force row level security', each);
    execute format('create policy worker_all on messaging.%I for all to messaging_worker using (true) with check (true)', each);
    execute format('grant select, insert, delete on messaging.%I to messaging_worker', each);
  end loop;
end $$;

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

-- Counts repeated requests on their leads, and tells each in the lead's timeline; those of one lead, or of all. A lead that somebody has
-- locked is passed over.
create function messaging.count_repeats(lead uuid) returns bigint language sql set search_path = '' as $$
  with free as materialized (
    select m.id
    from (
      select distinct r.message_id from messaging.repeats r where lead is null or r.message_id = lead) waiting
    join public.messages m on m.id = waiting.message_id
    limit 500
    for no key update of m skip locked
  ),
  taken as (
    delete from messaging.repeats r using free where r.message_id = free.id returning r.id, r.message_id, r.repeated_at
  ),
  counted as (
    update public.messages m
    set seen_again = coalesce(m.seen_again, 0) + repeated.times
    from (select taken.message_id, count(*) as times from taken group by taken.message_id) repeated
    where m.id = repeated.message_id
    returning m.id, m.business_id, m.created_at, m.seen_again - repeated.times as before
  ),
  told as (
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    select c.business_id, c.id, 'message.seen_again',
      jsonb_build_object('times', c.before + 1 + row_number() over (partition by c.id order by t.id)), greatest(c.created_at, t.repeated_at)
    from taken t
    join counted c on c.id = t.message_id
    order by t.id
  )
  select count(*) from taken
$$;

create or replace function messaging.count_seen_again() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.repeats (message_id, repeated_at) values (new.message_id, new.requested_at);
  perform messaging.count_repeats(new.message_id);
  return null;
end $$;

-- Locks these leads, all of them or, where somebody has one for longer than a moment, those that are free.
create function messaging.lock_leads(wanted uuid[]) returns uuid[] language plpgsql set search_path = '' set lock_timeout = '100ms' as $$
begin
  -- One at a time per lead, in one order, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = any (wanted) order by m.id for no key update;
  return wanted;
exception when lock_not_available then
  return array(
    select free.id
    from (select m.id from public.messages m where m.id = any (wanted) order by m.id for no key update skip locked) free);
end $$;

-- email_status, sms_status and unreached_since of these leads, which the caller has locked. An archived lead is not called unreached:
-- somebody has dealt with it, and what was still owed for it may have been taken back by that.
create function messaging.show_deliveries(leads uuid[], at timestamptz) returns void language sql set search_path = '' as $$
  with best as (
    select d.message_id,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'email')] as email,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'sms')] as sms,
      bool_or(d.state in ('pending', 'sending', 'held', 'sent', 'delivered')) as hopeful
    from (
      select each.message_id, each.channel, each.cause, messaging.hoped(each.state, each.receipt_due_at) as state
      from messaging.deliveries each) d
    where d.message_id = any (leads) and d.cause = 'lead'
    group by d.message_id
  ),
  shown as (
    update public.messages m
    set email_status = coalesce(best.email, m.email_status), sms_status = coalesce(best.sms, m.sms_status),
      email_sent_at = case when best.email in ('sent', 'delivered') then coalesce(m.email_sent_at, at) else m.email_sent_at end,
      sms_sent_at = case when best.sms in ('sent', 'delivered') then coalesce(m.sms_sent_at, at) else m.sms_sent_at end,
      unreached_since = case when not hope.there_is then coalesce(m.unreached_since, at) end,
      updated_at = at
    from best
    join public.messages before on before.id = best.message_id
    cross join lateral (
      select best.hopeful or before.status = 'archived' and before.unreached_since is null as there_is) hope
    where m.id = best.message_id
      and (m.email_status is distinct from coalesce(best.email, m.email_status)
        or m.sms_status is distinct from coalesce(best.sms, m.sms_status)
        or (m.unreached_since is null) <> hope.there_is)
    returning m.id, m.business_id, before.unreached_since is null and m.unreached_since is not null as lost
  )
  insert into messaging.message_events (business_id, message_id, type, created_at)
  select business_id, id, 'message.unreached', at from shown where lost
$$;

create or replace function messaging.show_on_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved uuid[];
  free uuid[];
  at timestamptz;
begin
  select array_agg(distinct n.message_id order by n.message_id), max(n.updated_at) into moved, at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.cause = 'lead'
    and (messaging.shown_status(n.state) <> messaging.shown_status(o.state) or n.outcome_unknown <> o.outcome_unknown
      or (n.receipt_due_at is null) <> (o.receipt_due_at is null))
    and not exists (select from public.messages m where m.id = n.message_id and m.quarantined_at is not null and m.status = 'archived')
    and (n.channel in ('email', 'sms') or n.state in ('failed', 'cancelled', 'unknown')
      or exists (select from public.messages m where m.id = n.message_id and m.unreached_since is not null));
  if moved is null then
    return null;
  end if;
  free := messaging.lock_leads(moved);
  insert into messaging.unshown_changes (message_id, delivery_id)
  select n.message_id, n.id from new_rows n where n.cause = 'lead' and n.message_id = any (moved) and n.message_id <> all (free);
  perform messaging.show_deliveries(free, at);
  return null;
end $$;

-- For changes that the statement which made them has not announced itself. One statement for however many change; a claim is no news.
create or replace function messaging.announce_deliveries() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(current_setting('messaging.announced', true), '') = 'deliveries' then
    return null;
  end if;
  with news as materialized (
    select n.id, n.business_id, n.message_id, n.channel, n.state, o.state as was, n.updated_at
    from new_rows n
    join old_rows o on o.id = n.id
    where (n.message_id is not null or n.cause = 'test')
      and n.state <> o.state and n.state <> 'sending' and (o.state <> 'sending' or n.state <> 'pending')
  ),
  -- An entry refers to its lead, and would wait for whoever is about to delete that.
  free as materialized (
    select m.id from public.messages m where m.id = any (array(select news.message_id from news)) order by m.id for key share skip locked
  ),
  later as (
    insert into messaging.unshown_changes (message_id, delivery_id, told_from, told_to)
    select news.message_id, news.id, news.was, news.state
    from news
    where news.message_id is not null and not exists (select from free where free.id = news.message_id)
  )
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select news.business_id, news.message_id, 'delivery.updated',
    jsonb_build_object('delivery', news.id, 'channel', news.channel, 'state', news.state, 'from', news.was), news.updated_at
  from news
  where news.message_id is null or exists (select from free where free.id = news.message_id);
  return null;
end $$;

-- The next way to a business when one has failed, or when nobody knows whether it arrived: an entry of its own in the lead's
-- timeline, and counted as owed there. Channels that the lead is or was on already are passed over, so this ends. What was said to
-- a lead has no other way: the business's own channels lead to the business. The caller has locked the lead: two of its deliveries that
-- fail together must not both choose the same way.
create function messaging.pass_on(failed messaging.deliveries) returns void language plpgsql set search_path = '' as $$
declare
  way record;
begin
  with recursive replaced as (
    select failed.channel as channel, failed.fallback_of as earlier
    union all
    select d.channel, d.fallback_of from replaced join messaging.deliveries d on d.id = replaced.earlier
  )
  select f.fallback as channel, c.id as target into way
  from messaging.fallbacks f
  join public.message_channels c on c.business_id = f.business_id and c.channel_type = f.fallback and c.is_enabled
  where failed.cause = 'lead' and f.business_id = failed.business_id
    and f.channel = (select replaced.channel from replaced where replaced.earlier is null)
    and f.fallback <> 'webhook'
    and not exists (
      select from messaging.deliveries d
      where d.message_id = failed.message_id and d.cause = failed.cause and d.channel = f.fallback)
  order by f.position
  limit 1;
  if found then
    insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, fallback_of, payload,
      next_attempt_at, created_at, updated_at)
    values (failed.business_id, failed.cause, failed.message_id, way.channel, way.target, failed.id, failed.payload,
      failed.updated_at, failed.updated_at, failed.updated_at);
    insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
    values (failed.business_id, failed.message_id, 'delivery.fell_back',
      jsonb_build_object('delivery', failed.id, 'from', failed.channel, 'to', way.channel, 'reason', failed.last_error), 1, failed.updated_at);
  end if;
  if failed.state = 'failed' then
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    values (failed.business_id, failed.message_id, 'delivery.failed',
      jsonb_build_object('delivery', failed.id, 'channel', failed.channel, 'attempts', failed.attempts, 'error', failed.last_error,
        'fallback', way.channel), failed.updated_at);
  end if;
end $$;

create or replace function messaging.fall_back() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from public.messages m where m.id = new.message_id for no key update skip locked;
  if found then
    perform messaging.pass_on(new);
  else
    insert into messaging.unshown_changes (message_id, delivery_id, has_failed) values (new.message_id, new.id, true);
  end if;
  return null;
end $$;

-- What could not be shown on its lead when it happened, where that is free by now.
create function messaging.show_changes() returns bigint language plpgsql set search_path = '' as $$
declare
  free uuid[];
  failed messaging.deliveries;
  done bigint;
begin
  free := array(
    select lead.id
    from (
      select m.id
      from (select distinct u.message_id from messaging.unshown_changes u) waiting
      join public.messages m on m.id = waiting.message_id
      limit 500
      for no key update of m skip locked) lead);
  if free = '{}' then
    return 0;
  end if;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select d.business_id, d.message_id, 'delivery.updated',
    jsonb_build_object('delivery', d.id, 'channel', d.channel, 'state', u.told_to, 'from', u.told_from), d.updated_at
  from messaging.unshown_changes u
  join messaging.deliveries d on d.id = u.delivery_id
  where u.message_id = any (free) and u.told_to is not null
  order by u.id;
  for failed in
    select d.*
    from messaging.deliveries d
    where d.id in (select u.delivery_id from messaging.unshown_changes u where u.message_id = any (free) and u.has_failed)
      and (d.state = 'failed' or d.state = 'unknown' and d.receipt_due_at is null)
  loop
    perform messaging.pass_on(failed);
  end loop;
  perform messaging.show_deliveries(free, (
    select max(d.updated_at) from messaging.unshown_changes u join messaging.deliveries d on d.id = u.delivery_id where u.message_id = any (free)));
  delete from messaging.unshown_changes u where u.message_id = any (free);
  get diagnostics done = row_count;
  return done;
end $$;

set local role none;
revoke create on schema messaging from messaging_worker;
revoke all on function messaging.count_repeats(uuid), messaging.lock_leads(uuid[]), messaging.show_deliveries(uuid[], timestamptz),
  messaging.pass_on(messaging.deliveries), messaging.show_changes() from public, anon, authenticated;

-- Targets that are switched off and on -------------------------------------------------------------------------------------------------

-- A target whose deliveries do not yet follow its switch: they are moved page by page, and no claim waits for that.
create table messaging.switched_targets (
  lane uuid primary key,
  channel text not null,
  business_id uuid not null,
  -- When the first of what is let go is due; what comes after it follows at the pace of the target.
  next_due_at timestamptz not null,
  moved_at timestamptz not null default clock_timestamp()
);
create index switched_targets_moved_at on messaging.switched_targets (moved_at);
revoke all on messaging.switched_targets from public, anon, authenticated;
alter table messaging.switched_targets enable row level security, force row level security;
create policy worker_all on messaging.switched_targets for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.switched_targets to messaging_worker;

-- What waits for a switch, by its target and the oldest first; what waits for a person is no part of it.
create index deliveries_waiting on messaging.deliveries (channel, business_id, lane, created_at, id)
  where state = 'held' and held_reason <> 'quarantine';

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

-- Whether a target takes deliveries: 'on', or why not. What a person has asked for, replies, tests and mails to people themselves, goes
-- out in any case.
create function messaging.target_state(channel text, business uuid, lane uuid) returns text language sql stable set search_path = '' as $$
  select case
    when target_state.channel = 'webhook' and target_state.lane <> target_state.business and s.id is null then 'gone'
    when s.disabled_at is not null then 'disabled'
    when not c.is_enabled then 'channel off'
    else 'on' end
  from (select) this
  left join messaging.webhook_subscriptions s on s.id = target_state.lane
  left join public.message_channels c on c.business_id = target_state.business and c.channel_type = target_state.channel
$$;

create function messaging.is_asked_for(cause text) returns boolean language sql immutable as $$
  select cause in ('reply', 'test', 'account')
$$;

-- A switch writes one row, however much is waiting.
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

create or replace function messaging.end_subscription() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.switched_targets (lane, channel, business_id, next_due_at)
  values (old.id, 'webhook', old.business_id, now())
  on conflict (lane) do nothing;
  return null;
end $$;

-- Of the webhooks it is the switch for all subscriptions, a hundred at most.
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

-- Moves one page, a thousand deliveries at most, of the target that has waited longest for it; false when none is left. What somebody
-- else is moving at this moment is passed over, and found by find-switched-targets.sql.
create function messaging.move_page(at timestamptz, known text[]) returns boolean language plpgsql set search_path = '' as $$
declare
  page constant integer := 1000;
  switched messaging.switched_targets;
  target text;
  step interval;
  ids uuid[];
  pending uuid[];
begin
  select w.* into switched from messaging.switched_targets w order by w.moved_at limit 1 for update skip locked;
  if not found then
    return false;
  end if;
  target := messaging.target_state(switched.channel, switched.business_id, switched.lane);
  if target = 'on' then
    select interval '1 minute' / s.drain_per_minute into step from messaging.webhook_subscriptions s where s.id = switched.lane;
    ids := array(
      select d.id from messaging.deliveries d
      where d.channel = switched.channel and d.business_id = switched.business_id and d.lane = switched.lane
        and d.state = 'held' and d.held_reason <> 'quarantine'
        and (d.held_reason in ('disabled', 'channel off') or d.held_reason = 'unknown channel' and d.channel = any (known))
      order by d.created_at, d.id
      limit page
      for update skip locked);
    update messaging.deliveries d
    set state = 'pending', held_reason = null, updated_at = at,
      next_attempt_at = coalesce(switched.next_due_at + (due.place - 1) * step, d.next_attempt_at)
    from unnest(ids) with ordinality due (id, place)
    where d.id = due.id;
  else
    pending := array(
      select d.id from messaging.deliveries d
      where d.channel = switched.channel and d.business_id = switched.business_id and d.lane = switched.lane
        and d.state in ('pending', 'sending') and d.state = 'pending' and (target = 'gone' or not messaging.is_asked_for(d.cause))
      limit page
      for update skip locked);
    ids := pending || array(
      select d.id from messaging.deliveries d
      where d.lane = switched.lane and d.state = 'held'
        and (target = 'gone' or d.held_reason <> target and d.held_reason in ('disabled', 'channel off'))
      limit page - cardinality(pending)
      for update skip locked);
    if target = 'gone' then
      update messaging.deliveries d
      set state = 'cancelled', held_reason = null, last_error = 'The webhook subscription was deleted', ended_at = at, updated_at = at
      where d.id = any (ids);
    else
      update messaging.deliveries d set state = 'held', held_reason = target, updated_at = at where d.id = any (ids);
    end if;
  end if;
  if cardinality(ids) < page then
    delete from messaging.switched_targets w where w.lane = switched.lane;
  else
    update messaging.switched_targets w
    set moved_at = clock_timestamp(), next_due_at = w.next_due_at + coalesce(page * step, interval '0')
    where w.lane = switched.lane;
  end if;
  return true;
end $$;

set local role none;
revoke create on schema messaging from messaging_worker;
revoke all on function messaging.target_state(text, uuid, uuid), messaging.is_asked_for(text), messaging.move_page(timestamptz, text[])
  from public, anon, authenticated;

-- Whether the database can reckon in a time zone: what it does not know would fail a statement for all businesses at once.
create function messaging.knows_zone(zone text) returns boolean language plpgsql stable set search_path = '' as $$
begin
  perform timezone(zone, now());
  return true;
exception when invalid_parameter_value then
  return false;
end $$;
revoke all on function messaging.knows_zone(text) from public, anon, authenticated;
grant execute on function messaging.knows_zone(text) to authenticated, messaging_worker;
