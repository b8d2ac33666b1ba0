-- Leads are found by any part of any word, in every script, and by the reference that the visitor was shown. Why so stands in
-- docs/decisions/0027-search-knows-no-language.md.

-- The short name of a lead that a person can read out, such as 7F3K-9Q2M; the class Reference makes the same. Now that each lead that comes in needs it, in a
-- tenth of the time.
create or replace function messaging.reference(id uuid) returns text language plpgsql immutable strict parallel safe as $$
declare
  bits bigint := ('x' || encode(substr(sha256(uuid_send(id)), 1, 5), 'hex'))::bit(40)::bigint;
  signs constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
begin
  return substr(signs, (bits >> 35)::int + 1, 1) || substr(signs, (bits >> 30 & 31)::int + 1, 1)
    || substr(signs, (bits >> 25 & 31)::int + 1, 1) || substr(signs, (bits >> 20 & 31)::int + 1, 1) || '-'
    || substr(signs, (bits >> 15 & 31)::int + 1, 1) || substr(signs, (bits >> 10 & 31)::int + 1, 1)
    || substr(signs, (bits >> 5 & 31)::int + 1, 1) || substr(signs, (bits & 31)::int + 1, 1);
end $$;

-- ---- What a lead is found by -------------------------------------------------------------------------------------------------------

alter table public.messages drop column search; -- and its index
drop index public.messages_known_by;
drop function messaging.known_by(text, text, text, text);

-- Text as it is compared: one form for each sign (NFKC), small, and without accents, vowel points, and marks that nobody sees. Most
-- text needs no more than to be made small.
do $$
declare
  home text;
  small text := '';
begin
  select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent';
  -- Where the database's own locale is C, lower() knows English only.
  if lower('Ж') <> 'ж' then
    select ' collate pg_catalog.' || quote_ident(c.collname) into small
    from pg_collation c
    where c.collname in ('pg_c_utf8', 'und-x-icu') and c.collnamespace = 'pg_catalog'::regnamespace
    order by c.collname
    limit 1;
  end if;
  execute format($f$
    create or replace function messaging.folded(typed text) returns text language sql immutable strict parallel safe
      return case when octet_length(typed) = char_length(typed) then lower(typed)
        else translate(lower(%1$I.unaccent('%1$I.unaccent'::regdictionary, normalize(regexp_replace(normalize(typed, NFKD),
          '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]',
          '', 'g'), NFKC))%2$s), 'ς', 'σ') end
    $f$, home, coalesce(small, ''));
end $$;

-- A reference, or a part of one, in signs that no text has which was made small: what looks like a word of a lead is none. O is a
-- zero in it, I and L are a one, and dashes are nothing.
create function messaging.coded(reference text) returns text language sql immutable strict parallel safe
  return translate(lower(reference), '0123456789abcdefghjkmnpqrstvwxyzoil-', 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯАББ');

-- All that a lead is found by: name, address, subject and text; the number as typed and in full, digits only, behind a plus where there
-- is one; and the reference. Written so that the database knows what it calls: a dump makes that before the table that needs it.
create function messaging.found_by(id uuid, name text, mail text, subject text, message text, phone text, e164 text) returns text
language sql immutable parallel safe
  return messaging.folded(coalesce(name, '') || ' ' || coalesce(mail, '') || ' ' || coalesce(subject, '') || ' ' || coalesce(message, ''))
    || ' ' || coalesce(case when phone ~ '[^-+0-9 ().]' then messaging.digits(phone) else translate(phone, '- ().', '') end, '')
    || ' ' || coalesce(e164, '') || ' ' || messaging.coded(messaging.reference(id));

-- Every three signs that follow one another, and the last two and the last one: what is asked for by three signs or more is in there as
-- a whole, what is asked for by fewer, as the beginning of one. Cut in three rounds, since that is what the server does fastest.
create function messaging.pieces(text) returns tsvector language plpgsql immutable strict parallel safe cost 1000 as $$
begin
  return array_to_tsvector(array_remove(string_to_array(
    regexp_replace($1, '(...)', e'\\1\x01', 'g') || e'\x01' || regexp_replace(substr($1, 2), '(...)', e'\\1\x01', 'g') || e'\x01'
      || regexp_replace(substr($1, 3), '(...)', e'\\1\x01', 'g'), e'\x01'), ''));
end $$;

-- The pieces that every text has which contains this one. Between quotes a backslash and a quote are written twice.
create function messaging.pieces_of(part text) returns tsquery language sql immutable strict parallel safe as $$
  select string_agg(format('''%s''%s', replace(replace(substr(part, at, 3), '\', '\\'), '''', ''''''), case when char_length(part) < 3 then ':*' else '' end), ' & ')::tsquery
  from generate_series(1, least(greatest(char_length(part) - 2, 1), 16)) at
$$;

-- Computed by the database, so that it is right whoever writes a lead, and costs no trigger. The table is written anew once.
alter table public.messages add column found_by text generated always as (
  messaging.found_by(id, contact_name, contact_email, subject, message, contact_phone, contact_phone_e164)) stored;

-- Leads come in faster than they are searched for: entries are gathered, a thousand leads' at most, and those of many leads are much
-- alike, so that each costs a third of what it would alone.
create index messages_found_by on public.messages using gin (business_id, messaging.pieces(found_by)) with (gin_pending_list_limit = 4096);

-- ---- What is searched for ----------------------------------------------------------------------------------------------------------

-- The digits of what somebody types as a telephone number, as they stand in one however they are written: without the zeros that it
-- is dialled with, and behind a plus from the beginning. Null for what is no number; whoever types on finds the same leads or fewer.
create function messaging.dialled(typed text) returns text language sql immutable strict parallel safe as $$
  select case
    when typed !~ '^[-+0-9 ().\/]+$' or typed !~ '[0-9]' and typed <> '+' then null
    -- 24/7 is none; 030/1234567 is.
    when typed ~ '/' and typed !~ '^[(]?[0+]' then null
    when typed ~ '^\+' then '+' || messaging.digits(regexp_replace(typed, '\(0\)?', '', 'g'))
    else ltrim(messaging.digits(typed), '0')
  end
$$;

-- What stands for a word in a lead: itself, or, from four signs on, a part of its reference.
create function messaging.forms_of(word text) returns text[] language sql immutable strict parallel safe as $$
  select array[word] || case when messaging.coded(word) ~ '^[А-Я]{4,8}$' and word ~ '^[0-9a-z]+-?[0-9a-z]*$' then array[messaging.coded(word)] else '{}' end
$$;

create function messaging.pieces_of_any(forms text[]) returns tsquery language sql immutable strict parallel safe as $$
  select case when cardinality(forms) = 1 then messaging.pieces_of(forms[1]) else messaging.pieces_of(forms[1]) || messaging.pieces_of(forms[2]) end
$$;

drop function messaging.condition_of(jsonb);
drop function messaging.search_words(text);

-- The condition that a filter means, where $1 is the filter, $2 the business and $3 the person. Only what is asked for stands in it,
-- as text of our own: what callers give stays a value, or is quoted by the database. What is searched for is looked for in the text, and by
-- its pieces in their index where that is wanted: cutting a text into them costs more than to look through it.
create function messaging.condition_of(filter jsonb, by_index boolean default true) returns text language plpgsql stable set search_path = '' as $$
declare
  condition text := 'm.business_id = $2';
  search text := messaging.folded(filter ->> 'q');
  number text := messaging.dialled(btrim(search));
  word text;
  pieces tsquery;
  texts text;
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
      case when filter ->> 'delivery' in ('held', 'failed', 'unknown', 'cancelled') then ' and m.id = any (array(%s))' else ' and m.id in (%s)' end,
      format($c$select d.message_id from messaging.deliveries d where d.business_id = $2 and d.state = %L and d.message_id is not null$c$,
        filter ->> 'delivery'));
  end if;
  for word in select w from unnest(regexp_split_to_array(btrim(search), '\s+')) w where w <> '' limit 8 loop
    pieces := case when pieces is null then messaging.pieces_of_any(messaging.forms_of(word)) else pieces && messaging.pieces_of_any(messaging.forms_of(word)) end;
    texts := concat_ws(' and ', texts, (
      select '(' || string_agg(format('strpos(m.found_by, %L) > 0', form), ' or ') || ')' from unnest(messaging.forms_of(word)) form));
  end loop;
  if number <> '' then
    pieces := pieces || messaging.pieces_of(number);
    texts := format('(%s or strpos(m.found_by, %L) > 0)', texts, number);
  end if;
  -- Of nothing but zeros nobody can tell yet where they lead.
  if texts is not null and number is distinct from '' then
    condition := condition || case when by_index then format(' and messaging.pieces(m.found_by) @@ %L::tsquery', pieces) else '' end || ' and ' || texts;
  end if;
  return condition;
end $$;

-- ---- What of a lead is shown -------------------------------------------------------------------------------------------------------

-- A lead as the API shows it.
create or replace function messaging.shown(m public.messages) returns json language sql stable as $$
  select json_build_object(
    'id', m.id, 'reference', messaging.reference(m.id), 'funnelId', m.funnel_id, 'type', m.type, 'contactName', m.contact_name, 'contactPhone', m.contact_phone,
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

revoke all on function messaging.reference(uuid), messaging.coded(text), messaging.found_by(uuid, text, text, text, text, text, text), messaging.pieces(text),
  messaging.pieces_of(text), messaging.pieces_of_any(text[]), messaging.dialled(text), messaging.forms_of(text),
  messaging.condition_of(jsonb, boolean) from public, anon, authenticated;
-- Whoever writes a lead, writes what it is found by.
grant execute on function messaging.reference(uuid), messaging.coded(text), messaging.found_by(uuid, text, text, text, text, text, text), messaging.pieces(text)
  to messaging_intake, messaging_worker, authenticated;
grant execute on function messaging.pieces_of(text), messaging.pieces_of_any(text[]), messaging.dialled(text), messaging.forms_of(text),
  messaging.condition_of(jsonb, boolean) to messaging_worker;

-- ---- How they are looked for -------------------------------------------------------------------------------------------------------

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

-- The leads that a filter finds for the caller: one page of them in the order asked for (newest, oldest, time-left) behind the place
-- (moment, id); or all. An index into messages, no way around their policies: operators that search cannot be used by a caller before
-- the policies have been asked, which would read every lead. So this looks in the caller's business only, and gives ids; who shows a
-- lead reads it as the caller.
create or replace function messaging.find_messages(filter jsonb, sort text default 'newest', moment timestamptz default null, place uuid default null, most integer default null)
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
  rest text := ' and ' || behind
    || format(' order by m.%1$I %2$s, m.id %2$s limit %3$s', chosen, direction, coalesce(most::text, 'all'));
  tail text := ' m where ' || messaging.condition_of(filter) || rest;
  ids uuid[];
  moments timestamptz[];
begin
  if business is null then
    return;
  end if;
  if most <= 1000 and filter ?| array['q', 'tag', 'delivery'] then
    -- What many leads have is found among the next few thousand, and what few have, by its index.
    execute 'select array_agg(f.id), array_agg(f.at) from (' || head
        || format('(select * from public.messages m where %s order by m.%I %s, m.id %3$s limit 5000)', behind, chosen, direction)
        || ' m where ' || messaging.condition_of(filter, false) || rest || ') f'
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
create or replace function messaging.count_messages(filter jsonb, most integer) returns integer language plpgsql stable security definer
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

set local role none;
revoke create on schema messaging from messaging_worker;
