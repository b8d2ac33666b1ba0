-- What it takes to work through leads: who has them, until when they want an answer, what was noted and said, and one way to find
-- them again that is as fast with millions as with ten.

-- ---- A lead as it is worked on --------------------------------------------------------------------------------------------------

alter table public.messages
  add column if not exists assigned_to uuid,
  add column if not exists tags text[] not null default '{}',
  -- One more with each change by people, so that nobody overwrites what they have not seen.
  add column if not exists revision integer not null default 1 check (revision > 0),
  add column if not exists due_at timestamptz,
  add column if not exists read_at timestamptz,
  add column if not exists responded_at timestamptz,
  add column if not exists archived_at timestamptz,
  add column if not exists call_outcome text check (call_outcome in ('reached', 'voicemail', 'no_answer', 'wrong_number')),
  add column if not exists call_again_at timestamptz;
alter table public.messages add constraint messages_tags_check
  check (cardinality(tags) <= 20 and array_position(tags, null) is null and char_length(array_to_string(tags, '')) <= 800);

alter table messaging.business_settings
  add column answer_within_minutes integer not null default 60 check (answer_within_minutes between 1 and 10080);

-- When a business is open, in its own time zone; where nothing is said, Monday to Friday from nine to five.
create table messaging.business_hours (
  business_id uuid not null references public.businesses (id) on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (business_id, weekday, opens)
);

-- Until when a lead wants an answer: the more urgent, the sooner.
create function messaging.due(at timestamptz, priority text, within integer) returns timestamptz language sql stable set search_path = '' as $$
  select at + case priority when 'urgent' then 0.25 when 'high' then 0.5 when 'low' then 4 else 1 end
    * make_interval(mins => coalesce(within, 60))
$$;

-- Whoever moves a lead, the moments that go with where it stands are kept; and each change by people counts.
create function messaging.keep_moments() returns trigger language plpgsql set search_path = '' as $$
declare
  moment timestamptz := case when new.updated_at is distinct from old.updated_at then new.updated_at else now() end;
begin
  new.revision := old.revision + 1;
  if new.status is distinct from old.status then
    if new.status <> 'archived' then
      new.archived_at := null;
      new.read_at := case when new.status <> 'unread' then coalesce(old.read_at, moment) end;
      new.acknowledged_at := case when new.status in ('acknowledged', 'responded') then coalesce(new.acknowledged_at, moment)
        -- A platform that says so in the same breath knows better.
        when new.acknowledged_at is distinct from old.acknowledged_at then new.acknowledged_at end;
      new.responded_at := case when new.status = 'responded' then coalesce(old.responded_at, moment) end;
      if new.status in ('unread', 'read') and new.acknowledged_at is null then
        new.acknowledged_by := null;
        new.acknowledged_by_member := null;
      end if;
    else
      new.archived_at := moment;
    end if;
  end if;
  return new;
end $$;

create trigger keep_moments before update of status, priority, assigned_to, tags, call_outcome, call_again_at on public.messages
for each row when (
  old.status is distinct from new.status or old.priority is distinct from new.priority
  or old.assigned_to is distinct from new.assigned_to or old.tags is distinct from new.tags
  or old.call_outcome is distinct from new.call_outcome or old.call_again_at is distinct from new.call_again_at)
execute function messaging.keep_moments();

create function messaging.announce_priority() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.priority_changed', jsonb_build_object('from', old.priority, 'to', new.priority), now());
  return null;
end $$;

create trigger announce_priority after update of priority on public.messages
for each row when (old.priority is distinct from new.priority and coalesce(current_setting('messaging.announced', true), '') = '')
execute function messaging.announce_priority();

-- Leads that are forgotten are missed by whoever shows or counts them, so it is said, without saying who they were.
create function messaging.announce_deleted() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, type, data, created_at)
  select g.business_id, 'messages.deleted', jsonb_build_object('count', count(*)), now()
  from gone g
  where exists (select from public.businesses b where b.id = g.business_id)
  group by g.business_id;
  return null;
end $$;

create trigger announce_deleted after delete on public.messages
referencing old table as gone for each statement execute function messaging.announce_deleted();

-- A lead as the API shows it.
create or replace function messaging.shown(m public.messages) returns json language sql stable as $$
  select json_build_object(
    'id', m.id, 'funnelId', m.funnel_id, 'type', m.type, 'contactName', m.contact_name, 'contactPhone', m.contact_phone,
    'contactPhoneE164', m.contact_phone_e164, 'contactEmail', m.contact_email, 'subject', m.subject, 'message', m.message,
    'priority', m.priority, 'status', m.status, 'assignedTo', m.assigned_to, 'tags', to_json(m.tags),
    'dueAt', messaging.iso(m.due_at), 'readAt', messaging.iso(m.read_at), 'acknowledgedAt', messaging.iso(m.acknowledged_at),
    'acknowledgedBy', m.acknowledged_by_member, 'respondedAt', messaging.iso(m.responded_at),
    'archivedAt', messaging.iso(m.archived_at), 'callOutcome', m.call_outcome, 'callAgainAt', messaging.iso(m.call_again_at),
    'emailStatus', m.email_status, 'smsStatus', m.sms_status, 'unreachedSince', messaging.iso(m.unreached_since),
    'quarantinedAt', messaging.iso(m.quarantined_at), 'quarantineReason', m.quarantine_reason,
    'follows', m.follows, 'seenAgain', coalesce(m.seen_again, 0), 'metadata', m.metadata, 'revision', m.revision,
    'createdAt', messaging.iso(m.created_at), 'updatedAt', messaging.iso(m.updated_at))
$$;

-- ---- What people write about leads ---------------------------------------------------------------------------------------------

create table messaging.notes (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  message_id uuid not null references public.messages (id) on delete cascade,
  author_id uuid not null,
  author text not null,
  body text not null check (char_length(body) between 1 and 4000),
  created_at timestamptz not null
);
create index notes_message_id on messaging.notes (message_id, created_at, id);
create index notes_business_id on messaging.notes (business_id);

-- The words that a business sorts its leads by; what a lead bears stands on the lead.
create table messaging.tags (
  business_id uuid not null references public.businesses (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 40 and name = lower(name)),
  created_at timestamptz not null,
  primary key (business_id, name)
);

create table messaging.saved_views (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  owner_id uuid,
  name text not null check (char_length(name) between 1 and 60),
  filter jsonb not null check (jsonb_typeof(filter) = 'object'),
  position integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index saved_views_business_id on messaging.saved_views (business_id, position, id);

-- What was said to a lead, and what they said.
create table messaging.thread_entries (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  message_id uuid not null references public.messages (id) on delete cascade,
  direction text not null check (direction in ('out', 'in')),
  channel text not null check (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  recipient text,
  subject text check (char_length(subject) <= 200),
  body text not null check (char_length(body) between 1 and 10000),
  author_id uuid,
  author text,
  template_id uuid references messaging.templates (id) on delete set null,
  delivery_id uuid references messaging.deliveries (id) on delete set null,
  mail_id text,
  created_at timestamptz not null
);
create index thread_entries_message_id on messaging.thread_entries (message_id, created_at, id);
create index thread_entries_business_id on messaging.thread_entries (business_id);
create index thread_entries_delivery_id on messaging.thread_entries (delivery_id) where delivery_id is not null;
create index thread_entries_template_id on messaging.thread_entries (template_id) where template_id is not null;

do $$
declare
  each text;
begin
  foreach each in array array['business_hours', 'notes', 'tags', 'saved_views', 'thread_entries'] loop
    execute format('alter table messaging.%I enable row level security, force row level security', each);
    execute format('create policy worker_all on messaging.%I for all to messaging_worker using (true) with check (true)', each);
    execute format('revoke all on messaging.%I from public, anon, authenticated', each);
    execute format('grant select on messaging.%I to authenticated, messaging_worker', each);
  end loop;
  foreach each in array array['business_hours', 'notes', 'tags', 'thread_entries', 'templates'] loop
    execute format($p$create policy caller_reads on messaging.%I for select to authenticated
      using (business_id = (select messaging.acting_for('viewer')))$p$, each);
  end loop;
  foreach each in array array['notes', 'tags', 'thread_entries', 'templates'] loop
    execute format($p$create policy caller_adds on messaging.%I for insert to authenticated
      with check (business_id = (select messaging.acting_for('agent')))$p$, each);
  end loop;
end $$;

grant insert (id, business_id, message_id, author_id, author, body, created_at), delete on messaging.notes to authenticated;
-- One's own, or anybody's where the business is one's own. Of a machine only its business is known here: it says itself which are its own.
create policy caller_deletes on messaging.notes for delete to authenticated
  using (business_id = (select messaging.acting_for('agent'))
    and (author_id = (select auth.uid()) or business_id = (select messaging.acting_for('key'))));

grant insert, delete on messaging.tags to authenticated;
create policy caller_deletes on messaging.tags for delete to authenticated
  using (business_id = (select messaging.acting_for('agent')));

grant insert (id, business_id, message_id, direction, channel, recipient, subject, body, author_id, author, template_id, delivery_id, mail_id, created_at)
  on messaging.thread_entries to authenticated;

grant select, insert, update (channel, name, subject, body, updated_at), delete on messaging.templates to authenticated;
create policy caller_changes on messaging.templates for update to authenticated
  using (business_id = (select messaging.acting_for('agent'))) with check (business_id = (select messaging.acting_for('agent')));
create policy caller_deletes on messaging.templates for delete to authenticated
  using (business_id = (select messaging.acting_for('agent')));

grant insert, delete on messaging.business_hours to authenticated;
create policy owner_adds on messaging.business_hours for insert to authenticated
  with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.business_hours for delete to authenticated
  using (business_id = (select messaging.acting_for('owner')));
grant insert (answer_within_minutes), update (answer_within_minutes) on messaging.business_settings to authenticated;

-- A view is one's own, or everybody's; what is everybody's is for those to change who answer leads.
grant insert, update (name, filter, position, updated_at, owner_id), delete on messaging.saved_views to authenticated;
create policy caller_reads on messaging.saved_views for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and (owner_id is null or owner_id = (select auth.uid())));
create policy caller_adds on messaging.saved_views for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer'))
    and case when owner_id is null then business_id = (select messaging.acting_for('agent')) else owner_id = (select auth.uid()) end);
create policy caller_changes on messaging.saved_views for update to authenticated
  using (business_id = (select messaging.acting_for('viewer'))
    and case when owner_id is null then business_id = (select messaging.acting_for('agent')) else owner_id = (select auth.uid()) end)
  with check (business_id = (select messaging.acting_for('viewer'))
    and case when owner_id is null then business_id = (select messaging.acting_for('agent')) else owner_id = (select auth.uid()) end);
create policy caller_deletes on messaging.saved_views for delete to authenticated
  using (business_id = (select messaging.acting_for('viewer'))
    and case when owner_id is null then business_id = (select messaging.acting_for('agent')) else owner_id = (select auth.uid()) end);

grant update (assigned_to, tags, due_at, call_outcome, call_again_at, acknowledged_by_member) on public.messages to authenticated;
-- Replies are deliveries like any other, written in the commit of what is said.
create policy caller_replies on messaging.deliveries for insert to authenticated
  with check (business_id = (select messaging.acting_for('agent')) and cause = 'reply' and message_id is not null);
grant insert (event_id, recipient, payload) on messaging.deliveries to authenticated;

-- Intake knows until when an answer is wanted.
grant insert (due_at) on public.messages to messaging_intake;
grant select (business_id, answer_within_minutes) on messaging.business_settings to messaging_intake;
create policy intake_reads on messaging.business_settings for select to messaging_intake using (true);
grant update (due_at) on public.messages to messaging_worker;

-- ---- How leads are found -------------------------------------------------------------------------------------------------------

-- Extensions stay where a project has them; otherwise they get a schema of their own, as on Supabase.
do $$
declare
  each text;
  home text;
begin
  foreach each in array array['pg_trgm', 'btree_gin', 'unaccent'] loop
    if not exists (select from pg_extension where extname = each) then
      begin
        if to_regnamespace('extensions') is null then
          create schema extensions;
          grant usage on schema extensions to messaging_intake, messaging_worker, authenticated;
        end if;
        execute format('create extension %I schema extensions', each);
      exception when insufficient_privilege or undefined_file or feature_not_supported then
        raise exception 'The database login "%" may not create the extension "%": let an administrator run docs/sql/roles.sql once, then start again',
          current_user, each;
      end;
    end if;
  end loop;
  select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent';
  -- Unaccent is not immutable because its rules could be changed; these are the server's own.
  execute format($f$create function messaging.folded(typed text) returns text language sql immutable strict parallel safe
    as $b$ select lower(%1$I.unaccent('%1$I.unaccent'::regdictionary, typed)) $b$ $f$, home);
end $$;

-- What a lead is known by, for any part of it: the name, the address, and the digits of the number, both as typed and in full.
create function messaging.known_by(name text, mail text, phone text, e164 text) returns text language sql immutable parallel safe as $$
  select coalesce(messaging.folded(name), '') || ' ' || coalesce(lower(mail), '') || ' ' || coalesce(substr(e164, 2), '') || ' '
    || coalesce(case when phone ~ '[^-+0-9 ().]' then messaging.digits(phone) else translate(phone, '-+ ().', '') end, '')
$$;

alter table public.messages add column search tsvector generated always as (
  to_tsvector('simple', messaging.folded(coalesce(contact_name, '') || ' ' || coalesce(contact_email, '') || ' '
    || coalesce(subject, '') || ' ' || coalesce(message, '')))) stored;

create index messages_search on public.messages using gin (business_id, search) with (gin_pending_list_limit = 512);
create index messages_tags on public.messages using gin (business_id, tags) where tags <> '{}';
-- Leads come in faster than they are searched for: entries are gathered, and never so many that a search would feel it.
do $$
declare
  home text;
begin
  select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  execute format('create index messages_known_by on public.messages using gin (business_id,
    messaging.known_by(contact_name, contact_email, contact_phone, contact_phone_e164) %I.gin_trgm_ops) with (gin_pending_list_limit = 512)', home);
end $$;

-- Leads that came in take no part in these, so that intake does not pay for them.
create index messages_worked_on on public.messages (business_id, status, created_at desc, id desc) where status not in ('unread', 'read');
create index messages_priority on public.messages (business_id, priority, created_at desc, id desc) where priority <> 'medium';
create index messages_type on public.messages (business_id, type, created_at desc, id desc) where type <> 'callback_request';
create index messages_assigned_to on public.messages (business_id, assigned_to, created_at desc, id desc) where assigned_to is not null;
create index messages_due on public.messages (business_id, due_at, id) where status in ('unread', 'read');
create index deliveries_state on messaging.deliveries (business_id, state) where state in ('held', 'failed', 'cancelled') and message_id is not null;

-- A list, or a text with commas.
create function messaging.several(wanted jsonb) returns text[] language sql immutable parallel safe as $$
  select case jsonb_typeof(wanted)
    when 'array' then array(select jsonb_array_elements_text(wanted))
    when 'string' then string_to_array(wanted #>> '{}', ',')
  end
$$;

-- What somebody typed to search for as words, eight at most; a telephone number however it is written is one word of digits.
create function messaging.search_words(typed text) returns text[] language sql immutable parallel safe as $$
  select case
    when typed ~ '^[-+0-9 ().\/]+$' and char_length(messaging.digits(typed)) >= 3
      then array[ltrim(messaging.digits(typed), '0')]
    else array(select word from unnest(regexp_split_to_array(btrim(messaging.folded(typed)), '\s+')) word where word <> '' limit 8)
  end
$$;

-- The condition that a filter means, where $1 is the filter, $2 the business and $3 the person. Only what is asked for stands in it,
-- as text of our own: what callers give stays a value.
create function messaging.condition_of(filter jsonb) returns text language plpgsql stable set search_path = '' as $$
declare
  condition text := 'm.business_id = $2';
  words text[] := messaging.search_words(filter ->> 'q');
  word text;
  query tsquery;
begin
  condition := condition || case when filter ->> 'quarantined' = 'true'
    then ' and m.quarantined_at is not null' || case when filter ? 'status' then '' else $c$ and m.status <> 'archived'$c$ end
    else ' and m.quarantined_at is null' end;
  if filter ? 'status' then
    condition := condition || format(' and m.status = any (%L::text[])', messaging.several(filter -> 'status'));
  end if;
  if filter ? 'priority' then
    condition := condition || format(' and m.priority = any (%L::text[])', messaging.several(filter -> 'priority'));
  end if;
  if filter ? 'type' then
    condition := condition || format(' and m.type = %L', filter ->> 'type');
  end if;
  if filter ? 'funnel' then
    condition := condition || $c$ and m.funnel_id = ($1 ->> 'funnel')::uuid$c$;
  end if;
  if filter ? 'from' then
    condition := condition || $c$ and m.created_at >= ($1 ->> 'from')::timestamptz$c$;
  end if;
  if filter ? 'to' then
    condition := condition || $c$ and m.created_at < ($1 ->> 'to')::timestamptz$c$;
  end if;
  if filter ? 'assignee' then
    condition := condition || case filter ->> 'assignee'
      when 'nobody' then ' and m.assigned_to is null'
      when 'me' then ' and m.assigned_to = $3'
      else $c$ and m.assigned_to = ($1 ->> 'assignee')::uuid$c$ end;
  end if;
  if filter ? 'tag' then
    condition := condition || $c$ and m.tags <> '{}' and m.tags @> messaging.several(lower(($1 -> 'tag')::text)::jsonb)$c$;
  end if;
  if filter ->> 'overdue' = 'true' then
    condition := condition || $c$ and m.status in ('unread', 'read') and m.due_at < ($1 ->> 'now')::timestamptz$c$;
  end if;
  if filter ? 'delivery' then
    -- What has failed is found by an index of its own; nearly all others have what is not a failure.
    condition := condition || format(
      case when filter ->> 'delivery' in ('held', 'failed', 'cancelled') then ' and m.id = any (array(%s))' else ' and m.id in (%s)' end,
      format($c$select d.message_id from messaging.deliveries d where d.business_id = $2 and d.state = %L and d.message_id is not null$c$,
        filter ->> 'delivery'));
  end if;
  foreach word in array coalesce(words, '{}') loop
    -- Between quotes a backslash stands for what follows it, and a quote is written twice.
    query := to_tsquery('simple', '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*');
    condition := condition || case
      -- Trigrams need three characters that follow one another; less is looked for at the beginning of words only.
      when word ~ '[[:alnum:]]{3}' then format(
        $c$ and (m.search @@ %L::tsquery or messaging.known_by(m.contact_name, m.contact_email, m.contact_phone, m.contact_phone_e164) like %L)$c$,
        query, '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%')
      when numnode(query) > 0 then format(' and m.search @@ %L::tsquery', query)
      else ' and false' end;
  end loop;
  return condition;
end $$;

-- Runs a statement of find_messages by the indexes that find words and tags. How many leads a word finds cannot be estimated where
-- only its beginning is given, and a planner that hopes for many reads all leads in their order to find the few.
create function messaging.find_by_words(statement text, filter jsonb, business uuid, person uuid, moment timestamptz, place uuid)
returns table (id uuid, at timestamptz) language plpgsql stable
set search_path = '' set enable_seqscan = off set enable_indexscan = off set max_parallel_workers_per_gather = 0 as $$
begin
  return query execute statement using filter, business, person, moment, place;
end $$;

-- The leads that a filter finds for the caller: one page of them in the order asked for (newest, oldest, time-left) behind the place
-- (moment, id); or all. An index into messages, no way around their policies: operators that search cannot be used by a caller before
-- the policies have been asked, which would read every lead. So this looks in the caller's business only, and gives ids; who shows a
-- lead reads it as the caller.
create function messaging.find_messages(filter jsonb, sort text default 'newest', moment timestamptz default null, place uuid default null, most integer default null)
returns table (id uuid, at timestamptz) language plpgsql stable security definer
set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  business uuid := messaging.acting_for('viewer');
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  chosen text := case sort when 'time-left' then 'due_at' else 'created_at' end;
  direction text := case sort when 'newest' then 'desc' else 'asc' end;
  behind text := case sort when 'time-left' then $c$m.business_id = $2 and m.status in ('unread', 'read') and m.due_at is not null$c$ else 'm.business_id = $2' end
    || case when moment is null then '' else format(' and (m.%I, m.id) %s ($4, $5)', chosen, case sort when 'newest' then '<' else '>' end) end;
  head text := format('select m.id, m.%I as at from ', chosen);
  tail text := ' m where ' || messaging.condition_of(filter) || ' and ' || behind
    || format(' order by m.%1$I %2$s, m.id %2$s limit %3$s', chosen, direction, coalesce(most::text, 'all'));
  ids uuid[];
  moments timestamptz[];
begin
  if business is null then
    return;
  end if;
  if most <= 1000 and filter ?| array['q', 'tag', 'delivery'] then
    -- What many leads have is found among the next few thousand, and what few have, by its index.
    execute 'select array_agg(f.id), array_agg(f.at) from (' || head
        || format('(select * from public.messages m where %s order by m.%I %s, m.id %3$s limit 5000)', behind, chosen, direction) || tail || ') f'
      into ids, moments using filter, business, person, moment, place;
    if cardinality(ids) >= most then
      return query select * from unnest(ids, moments);
      return;
    end if;
  end if;
  if filter ?| array['q', 'tag'] then
    return query select * from messaging.find_by_words(head || 'public.messages' || tail, filter, business, person, moment, place);
  else
    return query execute head || 'public.messages' || tail using filter, business, person, moment, place;
  end if;
end $$;

-- How many leads a filter finds for the caller, counted up to this many.
create function messaging.count_messages(filter jsonb, most integer) returns integer language plpgsql stable security definer
set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  business uuid := messaging.acting_for('viewer');
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  statement text := 'select m.id, m.created_at from public.messages m where ' || messaging.condition_of(filter) || ' limit ' || most;
  counted integer;
begin
  if business is null then
    return 0;
  end if;
  if filter ?| array['q', 'tag'] then
    select count(*) into counted from messaging.find_by_words(statement, filter, business, person, null, null);
  else
    execute 'select count(*) from (' || statement || ') c' into counted using filter, business, person;
  end if;
  return counted;
end $$;

revoke all on function messaging.due(timestamptz, text, integer), messaging.keep_moments(), messaging.announce_priority(),
  messaging.announce_deleted(), messaging.folded(text), messaging.known_by(text, text, text, text), messaging.several(jsonb),
  messaging.search_words(text), messaging.condition_of(jsonb),
  messaging.find_by_words(text, jsonb, uuid, uuid, timestamptz, uuid),
  messaging.find_messages(jsonb, text, timestamptz, uuid, integer), messaging.count_messages(jsonb, integer) from public, anon, authenticated;
-- Whoever writes a lead, writes what it is found by.
grant execute on function messaging.folded(text), messaging.digits(text), messaging.known_by(text, text, text, text)
  to messaging_intake, messaging_worker, authenticated;
grant execute on function messaging.due(timestamptz, text, integer) to messaging_intake, messaging_worker, authenticated;
grant execute on function messaging.several(jsonb), messaging.search_words(text), messaging.condition_of(jsonb),
  messaging.find_by_words(text, jsonb, uuid, uuid, timestamptz, uuid) to messaging_worker;
grant execute on function messaging.find_messages(jsonb, text, timestamptz, uuid, integer), messaging.count_messages(jsonb, integer) to authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.announce_priority() owner to messaging_worker;
alter function messaging.announce_deleted() owner to messaging_worker;
alter function messaging.find_messages(jsonb, text, timestamptz, uuid, integer) owner to messaging_worker;
alter function messaging.count_messages(jsonb, integer) owner to messaging_worker;
revoke create on schema messaging from messaging_worker;

-- Leads that wait already want an answer too.
set local role messaging_worker;
update public.messages m set due_at = messaging.due(m.created_at, m.priority, s.within)
from (select m.id, b.answer_within_minutes as within from public.messages m left join messaging.business_settings b on b.business_id = m.business_id) s
where s.id = m.id and m.status in ('unread', 'read');
set local role none;

-- What was said and noted goes with a lead that is forgotten, and stands in the proof.
create or replace function messaging.forget_messages(ids uuid[]) returns jsonb language plpgsql set search_path = '' as $$
declare
  counts jsonb;
  touched integer;
begin
  select jsonb_build_object(
    'messages', (select count(*) from public.messages m where m.id = any (ids)),
    'message_events', (select count(*) from messaging.message_events e where e.message_id = any (ids)),
    'deliveries', (select count(*) from messaging.deliveries d where d.message_id = any (ids)),
    'delivery_attempts', (
      select count(*) from messaging.delivery_attempts a join messaging.deliveries d on d.id = a.delivery_id
      where d.message_id = any (ids)),
    'notes', (select count(*) from messaging.notes n where n.message_id = any (ids)),
    'thread_entries', (select count(*) from messaging.thread_entries t where t.message_id = any (ids)),
    'submitted_keys', (select count(*) from messaging.submitted_keys k where k.message_id = any (ids)),
    'recent_requests', (select count(*) from messaging.recent_requests r where r.message_id = any (ids)))
  into counts;
  update messaging.deliveries d
  set payload = jsonb_set(d.payload, '{leads}', coalesce((
    select jsonb_agg(l.lead order by l.place)
    from jsonb_array_elements(d.payload -> 'leads') with ordinality as l (lead, place)
    where l.lead ->> 'id' <> all (ids::text[])), '[]'))
  where d.cause = 'digest' and d.business_id in (select m.business_id from public.messages m where m.id = any (ids))
    and jsonb_typeof(d.payload -> 'leads') = 'array'
    and exists (select from jsonb_array_elements(d.payload -> 'leads') l where l ->> 'id' = any (ids::text[]));
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('digests', touched);
  delete from messaging.idempotency_keys k
  where k.business_id in (select m.business_id from public.messages m where m.id = any (ids))
    and exists (select from unnest(ids) id where strpos(k.location, id::text) > 0);
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('idempotency_keys', touched);
  perform set_config('messaging.forgetting', 'on', true);
  delete from public.messages m where m.id = any (ids);
  perform set_config('messaging.forgetting', '', true);
  return counts;
end $$;

-- Leads that were worked on elsewhere come in as they are.
grant insert (status, tags, read_at, acknowledged_at, acknowledged_by, responded_at, archived_at, email_sent_at, sms_sent_at)
  on public.messages to messaging_intake;
