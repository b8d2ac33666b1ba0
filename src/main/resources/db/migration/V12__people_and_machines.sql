-- Who may do what. A caller acts for one business at a time, and the database decides whether they may: its owner alone by
-- business_id = auth.uid() as before, its members by what their role allows. No identity, no rows.

-- The business that a caller acts for, if they may do so as at least: viewer, agent, key (a machine of the business) or owner.
-- A key may do what its scopes say, but never say who may do what. Reads the claims itself: this runs as the worker, who has no
-- business in schema auth.
create function messaging.acting_for(wanted text) returns uuid language sql stable security definer set search_path = '' as $$
  with claims as (
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb as c
  ),
  caller as (
    select (c ->> 'sub')::uuid as id, coalesce(c ->> 'business', c ->> 'sub')::uuid as business,
      case when c ->> 'role_in_app' = 'key' then 'key' end as machine
    from claims
    where c ->> 'sub' is not null and coalesce(c ->> 'is_anonymous', 'false') <> 'true'
  )
  select caller.business
  from caller
  left join messaging.business_members m on m.business_id = caller.business and m.user_id = caller.id
  where array_position(array['viewer', 'agent', 'key', 'owner'],
      coalesce(caller.machine, case when caller.id = caller.business then 'owner' end, m.role))
    >= array_position(array['viewer', 'agent', 'key', 'owner'], wanted)
    and (caller.machine is null or caller.id = caller.business)
$$;

-- Every business that a caller belongs to as at least this, for those who read the tables directly.
create function messaging.my_businesses(wanted text) returns setof uuid language sql stable security definer set search_path = '' as $$
  select m.business_id
  from messaging.business_members m
  where m.user_id = (select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid)
    and coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'is_anonymous', 'false') <> 'true'
    and array_position(array['viewer', 'agent', 'owner'], m.role) >= array_position(array['viewer', 'agent', 'owner'], wanted)
$$;

-- The funnels of the business that the caller acts for. The table is the platform's: what its own policies say is left alone.
create function messaging.my_funnels(wanted text) returns table (id uuid, name text, created_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select f.id, to_jsonb(f) ->> 'name', cast(to_jsonb(f) ->> 'created_at' as timestamptz)
  from public.funnels f
  where f.business_id = (select messaging.acting_for(wanted))
$$;

-- The business that the caller has chosen; null where nobody asked them, as on a platform's own way to the tables.
create function messaging.chosen_business() returns uuid language sql stable set search_path = '' as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'business')::uuid
$$;

-- People who sign in by a link of ours. On Supabase its own users do, and this stays empty.
create table messaging.people (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email) and char_length(email) between 3 and 254),
  created_at timestamptz not null
);

-- A link is made from its id and the service's key whenever it is shown, so nothing here can be used to sign in.
create table messaging.sign_in_links (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references messaging.people (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz
);
create index sign_in_links_person_id on messaging.sign_in_links (person_id, created_at desc);

create table messaging.sessions (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references messaging.people (id) on delete cascade,
  hash bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  ended_at timestamptz
);
create index sessions_person_id on messaging.sessions (person_id);

create table messaging.invitations (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  email text not null check (email = lower(email) and char_length(email) between 3 and 254),
  role text not null check (role in ('owner', 'agent', 'viewer')),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create index invitations_business_id on messaging.invitations (business_id, created_at desc, id desc);
create unique index invitations_open on messaging.invitations (business_id, email) where accepted_at is null and withdrawn_at is null;

alter table messaging.api_keys
  add column created_by text,
  add constraint api_keys_name_check check (char_length(name) between 1 and 100);

-- Append-only: who did what. The details say what was meant, never a secret, and no more of a contact than their ids.
create table messaging.audit_entries (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'key', 'service')),
  actor_id uuid,
  actor text not null,
  action text not null,
  subject text,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object')
);
create index audit_entries_business_id on messaging.audit_entries (business_id, at desc, id desc);

-- What a request with an Idempotency-Key was answered, kept in the commit of what it created. The answer is sealed.
create table messaging.idempotency_keys (
  business_id uuid not null references public.businesses (id) on delete cascade,
  operation text not null,
  key text not null check (char_length(key) between 1 and 255),
  body_hash bytea not null,
  status smallint not null,
  location text,
  answer text not null,
  created_at timestamptz not null,
  primary key (business_id, operation, key)
);
create index idempotency_keys_created_at on messaging.idempotency_keys (created_at);

-- The same for requests of visitors, whom their funnel tells apart: the answer is made from the message anew.
create table messaging.submitted_keys (
  funnel_id uuid not null references public.funnels (id) on delete cascade,
  key text not null check (char_length(key) between 1 and 255),
  body_hash bytea not null,
  message_id uuid not null references public.messages (id) on delete cascade,
  submitted_at timestamptz not null,
  times integer not null default 1,
  primary key (funnel_id, key)
);
create index submitted_keys_submitted_at on messaging.submitted_keys (submitted_at);
create index submitted_keys_message_id on messaging.submitted_keys (message_id);

-- The last request of each contact of a funnel, by hashes: the same again within minutes is the same message, another one within
-- a day is a second call for help.
create table messaging.recent_requests (
  funnel_id uuid not null references public.funnels (id) on delete cascade,
  contact bytea not null,
  content bytea not null,
  message_id uuid not null references public.messages (id) on delete cascade,
  previous_id uuid,
  priority text not null,
  requested_at timestamptz not null,
  times integer not null default 1,
  primary key (funnel_id, contact)
) with (fillfactor = 80);
create index recent_requests_message_id on messaging.recent_requests (message_id);
create index recent_requests_requested_at on messaging.recent_requests (requested_at);

-- One step above what either of two requests was.
create function messaging.raised(before text, now text) returns text language sql immutable set search_path = '' as $$
  select ranks[least(4, 1 + greatest(array_position(ranks, before), array_position(ranks, now)))]
  from (select array['low', 'medium', 'high', 'urgent'] as ranks) r
$$;

alter table public.messages
  add column if not exists seen_again integer check (seen_again > 0),
  add column if not exists follows uuid references public.messages (id) on delete set null;
create index if not exists messages_follows on public.messages (follows) where follows is not null;
create index if not exists messages_quarantined on public.messages (business_id, created_at desc, id desc) where quarantined_at is not null;
create index if not exists messages_contact_phone_e164 on public.messages (business_id, contact_phone_e164) where contact_phone_e164 is not null;
create index if not exists messages_contact_email on public.messages (business_id, lower(contact_email)) where contact_email is not null;

-- A lead as the API shows it.
create function messaging.shown(m public.messages) returns json language sql stable as $$
  select json_build_object(
    'id', m.id, 'funnelId', m.funnel_id, 'type', m.type, 'contactName', m.contact_name, 'contactPhone', m.contact_phone,
    'contactPhoneE164', m.contact_phone_e164, 'contactEmail', m.contact_email, 'subject', m.subject, 'message', m.message,
    'priority', m.priority, 'status', m.status, 'acknowledgedAt', messaging.iso(m.acknowledged_at),
    'emailStatus', m.email_status, 'smsStatus', m.sms_status, 'unreachedSince', messaging.iso(m.unreached_since),
    'quarantinedAt', messaging.iso(m.quarantined_at), 'quarantineReason', m.quarantine_reason,
    'follows', m.follows, 'seenAgain', coalesce(m.seen_again, 0), 'metadata', m.metadata,
    'createdAt', messaging.iso(m.created_at), 'updatedAt', messaging.iso(m.updated_at))
$$;

alter table messaging.business_settings
  add column retention_months smallint not null default 24 check (retention_months between 1 and 120);

-- That a contact was forgotten, without saying who: the hash is made with the service's key.
create table messaging.erasures (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  at timestamptz not null,
  actor text not null,
  contact_hash text not null,
  counts jsonb not null check (jsonb_typeof(counts) = 'object')
);
create index erasures_business_id on messaging.erasures (business_id, at desc, id desc);

revoke all on messaging.people, messaging.sign_in_links, messaging.sessions, messaging.invitations, messaging.audit_entries,
  messaging.idempotency_keys, messaging.submitted_keys, messaging.recent_requests, messaging.erasures from public, anon, authenticated;
revoke all on sequence messaging.audit_entries_id_seq from public, anon, authenticated;

do $$
declare
  each text;
begin
  foreach each in array array['people', 'sign_in_links', 'sessions', 'invitations', 'audit_entries', 'idempotency_keys',
    'submitted_keys', 'recent_requests', 'erasures'] loop
    execute format('alter table messaging.%I enable row level security, force row level security', each);
    execute format('create policy worker_all on messaging.%I for all to messaging_worker using (true) with check (true)', each);
  end loop;
end $$;

-- Our own tables are read and written for the business that the caller acts for, and no other.
drop policy owner_reads on messaging.deliveries;
drop policy owner_reads on messaging.delivery_attempts;
drop policy owner_reads on messaging.message_events;
drop policy owner_reads on messaging.webhook_subscriptions;
drop policy owner_reads on messaging.fallbacks;
drop policy owner_repairs on messaging.deliveries;
drop policy owner_tests on messaging.deliveries;
drop policy owner_announces on messaging.message_events;
drop policy owner_writes on messaging.webhook_subscriptions;
drop policy owner_writes on messaging.webhook_secrets;
drop policy owner_writes on messaging.fallbacks;

do $$
declare
  each text;
  wanted text;
begin
  foreach each in array array['deliveries', 'delivery_attempts', 'message_events', 'webhook_subscriptions', 'fallbacks',
    'business_settings', 'business_members', 'invitations'] loop
    execute format($p$create policy caller_reads on messaging.%I for select to authenticated
      using (business_id = (select messaging.acting_for('viewer')))$p$, each);
    execute format('grant select on messaging.%I to authenticated', each);
  end loop;
  foreach each in array array['audit_entries', 'api_keys', 'erasures'] loop
    execute format($p$create policy caller_reads on messaging.%I for select to authenticated
      using (business_id = (select messaging.acting_for('key')))$p$, each);
  end loop;
  foreach each in array array['webhook_subscriptions', 'fallbacks'] loop
    wanted := case each when 'fallbacks' then 'agent' else 'key' end;
    execute format($p$create policy caller_adds on messaging.%I for insert to authenticated
      with check (business_id = (select messaging.acting_for(%L)))$p$, each, wanted);
    execute format($p$create policy caller_changes on messaging.%1$I for update to authenticated
      using (business_id = (select messaging.acting_for(%2$L))) with check (business_id = (select messaging.acting_for(%2$L)))$p$, each, wanted);
    execute format($p$create policy caller_deletes on messaging.%I for delete to authenticated
      using (business_id = (select messaging.acting_for(%L)))$p$, each, wanted);
  end loop;
  -- Who may do what is for people to say.
  foreach each in array array['business_members', 'invitations', 'api_keys'] loop
    execute format($p$create policy owner_adds on messaging.%I for insert to authenticated
      with check (business_id = (select messaging.acting_for('owner')))$p$, each);
    execute format($p$create policy owner_changes on messaging.%I for update to authenticated
      using (business_id = (select messaging.acting_for('owner'))) with check (business_id = (select messaging.acting_for('owner')))$p$, each);
  end loop;
end $$;
create policy owner_deletes on messaging.business_members for delete to authenticated
  using (business_id = (select messaging.acting_for('owner')));
grant update (role), delete on messaging.business_members to authenticated;
grant insert (id, business_id, email, role, invited_by, created_at, expires_at), update (withdrawn_at) on messaging.invitations to authenticated;
grant select (id, business_id, name, prefix, scopes, created_by, expires_at, last_used_at, revoked_at, created_at),
  insert (id, business_id, name, prefix, hash, scopes, created_by, expires_at, created_at), update (revoked_at)
  on messaging.api_keys to authenticated;
grant select on messaging.audit_entries, messaging.erasures to authenticated;

create policy caller_repairs on messaging.deliveries for update to authenticated
  using (business_id = (select messaging.acting_for('agent'))) with check (business_id = (select messaging.acting_for('agent')));
create policy caller_tests on messaging.deliveries for insert to authenticated
  with check (business_id = (select messaging.acting_for('key')) and cause = 'test');
-- What a caller announces about a lead brings nothing into being by itself.
create policy caller_announces on messaging.message_events for insert to authenticated
  with check (business_id = (select messaging.acting_for('agent')));

create policy caller_reads on messaging.webhook_secrets for select to authenticated
  using (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id));
create policy caller_adds on messaging.webhook_secrets for insert to authenticated
  with check (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id and s.business_id = (select messaging.acting_for('key'))));
create policy caller_changes on messaging.webhook_secrets for update to authenticated
  using (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id and s.business_id = (select messaging.acting_for('key'))));
create policy caller_deletes on messaging.webhook_secrets for delete to authenticated
  using (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id and s.business_id = (select messaging.acting_for('key'))));

-- Whoever writes says so in the same commit, and cannot take it back.
create policy caller_notes on messaging.audit_entries for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer')));
grant insert (business_id, at, actor_kind, actor_id, actor, action, subject, details) on messaging.audit_entries to authenticated;

create policy caller_keeps on messaging.idempotency_keys for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer')));
create policy caller_recalls on messaging.idempotency_keys for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
create policy caller_forgets on messaging.idempotency_keys for delete to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, delete on messaging.idempotency_keys to authenticated;

-- Funnels as their business sets them up.
create policy caller_reads on messaging.funnel_settings for select to authenticated
  using (funnel_id = any (array(select f.id from messaging.my_funnels('viewer') f)));
create policy caller_adds on messaging.funnel_settings for insert to authenticated
  with check (funnel_id = any (array(select f.id from messaging.my_funnels('key') f)));
create policy caller_changes on messaging.funnel_settings for update to authenticated
  using (funnel_id = any (array(select f.id from messaging.my_funnels('key') f)));
create policy caller_reads on messaging.funnel_origins for select to authenticated
  using (funnel_id = any (array(select f.id from messaging.my_funnels('viewer') f)));
create policy caller_adds on messaging.funnel_origins for insert to authenticated
  with check (funnel_id = any (array(select f.id from messaging.my_funnels('key') f)));
create policy caller_deletes on messaging.funnel_origins for delete to authenticated
  using (funnel_id = any (array(select f.id from messaging.my_funnels('key') f)));
grant select, insert (funnel_id, slug, is_active, title, intro, created_at), update (slug, is_active, title, intro) on messaging.funnel_settings to authenticated;
grant select, insert, delete on messaging.funnel_origins to authenticated;
create policy owner_changes on messaging.business_settings for update to authenticated
  using (business_id = (select messaging.acting_for('owner'))) with check (business_id = (select messaging.acting_for('owner')));
create policy owner_adds on messaging.business_settings for insert to authenticated
  with check (business_id = (select messaging.acting_for('owner')));
grant insert (business_id, name, time_zone, retention_months, created_at), update (name, time_zone, retention_months) on messaging.business_settings to authenticated;

-- The tables of messages: the owner's policies stay; members are let in beside them, and a caller who has chosen a business is held
-- to it. Members write nothing about channels and preferences unless they own the business.
create policy member_reads on public.messages for select to authenticated
  using (business_id = any (array(select messaging.my_businesses('viewer'))));
create policy member_updates on public.messages for update to authenticated
  using (business_id = any (array(select messaging.my_businesses('agent'))))
  with check (business_id = any (array(select messaging.my_businesses('agent'))));
create policy member_reads on public.message_channels for select to authenticated
  using (business_id = any (array(select messaging.my_businesses('viewer'))));
create policy member_writes on public.message_channels for all to authenticated
  using (business_id = any (array(select messaging.my_businesses('owner'))))
  with check (business_id = any (array(select messaging.my_businesses('owner'))));
create policy member_reads on public.notification_preferences for select to authenticated
  using (business_id = any (array(select messaging.my_businesses('viewer'))));
create policy member_writes on public.notification_preferences for all to authenticated
  using (business_id = any (array(select messaging.my_businesses('owner'))))
  with check (business_id = any (array(select messaging.my_businesses('owner'))));

do $$
declare
  each text;
begin
  foreach each in array array['messages', 'message_channels', 'notification_preferences'] loop
    execute format($p$create policy one_business_at_a_time on public.%I as restrictive for all to authenticated
      using (business_id = coalesce((select messaging.chosen_business()), business_id))$p$, each);
  end loop;
end $$;
-- Whichever way a person lets a lead out of quarantine, what it owes goes out in the same commit.
grant update (quarantined_at, updated_at) on public.messages to authenticated;

create function messaging.release_from_quarantine() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.deliveries d
  set state = case when h.reason is null then 'pending' else 'held' end, held_reason = h.reason,
    next_attempt_at = new.updated_at, updated_at = new.updated_at
  from (
    select q.id, case when s.disabled_at is not null then 'disabled' when not c.is_enabled then 'channel off' end as reason
    from messaging.deliveries q
    left join messaging.webhook_subscriptions s on s.id = q.target_id
    left join public.message_channels c on c.business_id = q.business_id and c.channel_type = q.channel
    where q.message_id = new.id and q.state = 'held' and q.held_reason = 'quarantine') h
  where d.id = h.id;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.released', jsonb_build_object('reason', old.quarantine_reason), new.updated_at);
  return null;
end $$;

-- The same request once more: counted on the lead, and told in its timeline.
create function messaging.count_seen_again() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.messages m set seen_again = coalesce(m.seen_again, 0) + 1 where m.id = new.message_id;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select m.business_id, m.id, 'message.seen_again', jsonb_build_object('times', m.seen_again + 1), greatest(m.created_at, new.requested_at)
  from public.messages m where m.id = new.message_id;
  return null;
end $$;

create trigger count_seen_again after update of times on messaging.recent_requests
for each row when (new.message_id = old.message_id and new.times > old.times)
execute function messaging.count_seen_again();
grant update (seen_again) on public.messages to messaging_worker;

create trigger release_from_quarantine after update of quarantined_at on public.messages
for each row when (old.quarantined_at is not null and new.quarantined_at is null)
execute function messaging.release_from_quarantine();

-- The worker asks who calls before there is an identity, sends links, and keeps the books of requests short.
grant select, insert on messaging.people to messaging_worker;
grant select, insert, update (used_at), delete on messaging.sign_in_links to messaging_worker;
grant select, insert, update (last_used_at, ended_at), delete on messaging.sessions to messaging_worker;
grant select, insert, update (accepted_at) on messaging.invitations to messaging_worker;
grant insert, update (role) on messaging.business_members to messaging_worker;
grant select, insert on messaging.audit_entries, messaging.erasures to messaging_worker;
grant select, delete on messaging.idempotency_keys, messaging.submitted_keys, messaging.recent_requests to messaging_worker;

-- Intake tells a request from one that it has seen before.
create policy intake_writes on messaging.submitted_keys for all to messaging_intake using (true) with check (true);
create policy intake_writes on messaging.recent_requests for all to messaging_intake using (true) with check (true);
grant select, insert, update (body_hash, message_id, submitted_at, times) on messaging.submitted_keys to messaging_intake;
grant select, insert, update (content, message_id, previous_id, priority, requested_at, times) on messaging.recent_requests to messaging_intake;
grant insert (follows, quarantined_at, quarantine_reason) on public.messages to messaging_intake;
grant select on messaging.funnel_origins to messaging_intake;
create policy intake_reads on messaging.funnel_origins for select to messaging_intake using (true);

revoke all on function messaging.acting_for(text), messaging.my_businesses(text), messaging.chosen_business(),
  messaging.my_funnels(text), messaging.raised(text, text), messaging.shown(public.messages), messaging.release_from_quarantine(), messaging.count_seen_again()
  from public, anon, authenticated;
grant execute on function messaging.acting_for(text), messaging.my_businesses(text), messaging.my_funnels(text), messaging.chosen_business(), messaging.shown(public.messages) to authenticated;
grant execute on function messaging.raised(text, text) to messaging_intake;
grant create on schema messaging to messaging_worker;
alter function messaging.acting_for(text) owner to messaging_worker;
alter function messaging.my_businesses(text) owner to messaging_worker;
alter function messaging.my_funnels(text) owner to messaging_worker;
alter function messaging.count_seen_again() owner to messaging_worker;
alter function messaging.release_from_quarantine() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
