-- What is known of a contact can be shown, and can be forgotten: because they ask for it, or because its time has come. A lead goes
-- with all that hangs on it, so its part of the ledger goes as a whole.

-- Since when a lead may be deleted: it was archived because of its age, and its business has had time to look.
alter table public.messages add column if not exists forget_after timestamptz;
create index if not exists messages_forget_after on public.messages (forget_after) where forget_after is not null;
-- Numbers that nobody could read are compared by their digits.
create index if not exists messages_unread_phone on public.messages (business_id)
  where contact_phone is not null and contact_phone_e164 is null;

create function messaging.digits(typed text) returns text language sql immutable set search_path = '' as $$
  select regexp_replace(typed, '[^0-9]', '', 'g')
$$;

-- The leads of a contact in one business; a way that is null finds nothing. Kept free of settings, so that PostgreSQL can plan
-- through it.
create function messaging.messages_of(business uuid, e164 text, typed text, mail text) returns setof public.messages
language sql stable as $$
  select m.* from public.messages m
  where m.id in (
    select p.id from public.messages p where p.business_id = business and p.contact_phone_e164 = e164
    union all
    select t.id from public.messages t
    where t.business_id = business and t.contact_phone is not null and t.contact_phone_e164 is null
      and messaging.digits(t.contact_phone) = messaging.digits(typed) and messaging.digits(typed) <> ''
    union all
    select a.id from public.messages a where a.business_id = business and a.contact_email is not null and lower(a.contact_email) = lower(mail))
$$;

-- The short name of a lead as people read it out; made as the service makes it.
create function messaging.reference(id uuid) returns text language sql immutable set search_path = '' as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + cast((bits >> (40 - 5 * place)) & 31 as integer), 1)
    || case when place = 4 then '-' else '' end, '' order by place)
  from (select cast(cast('x' || left(encode(sha256(uuid_send(id)), 'hex'), 10) as bit(40)) as bigint) as bits) hash
  cross join generate_series(1, 8) as place
$$;

-- Nobody deletes a lead by the way: only what says that it forgets may do so.
grant delete on public.messages, messaging.suppressions to messaging_worker;
create policy messaging_worker_forgets on public.messages for delete to messaging_worker
  using (coalesce(current_setting('messaging.forgetting', true), '') = 'on');
-- Leads are archived before they are forgotten.
grant update (status, forget_after) on public.messages to messaging_worker;

-- Deletes these leads with all that hangs on them, and takes them out of the digests that name them. Says how much of what went.
create function messaging.forget_messages(ids uuid[]) returns jsonb language plpgsql set search_path = '' as $$
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

-- Forgets a contact of the business that the caller acts for, which is for its owner to say, and leaves a proof that does not say who.
create function messaging.erase_contact(e164 text, typed text, mail text, contact_hash text, actor text, moment timestamptz)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  business uuid := messaging.acting_for('owner');
  ids uuid[];
  words text[];
  counts jsonb;
  touched integer;
  proof uuid;
begin
  if business is null then
    raise exception 'Only the owner of a business may have a contact forgotten' using errcode = 'insufficient_privilege';
  end if;
  perform from public.messages m
  where m.id in (select known.id from messaging.messages_of(business, e164, typed, mail) known)
  order by m.id for update;
  select coalesce(array_agg(m.id), '{}') into ids from messaging.messages_of(business, e164, typed, mail) m;
  -- What the copies in the sandbox are known by.
  select array_agg(distinct lower(word)) into words
  from (
    select unnest(array[m.id::text, messaging.reference(m.id), m.contact_phone, m.contact_phone_e164, m.contact_email, m.contact_name])
    from public.messages m where m.id = any (ids)
    union all
    select d.id::text from messaging.deliveries d where d.message_id = any (ids)
    union all
    select unnest(array[e164, mail])) w (word)
  where char_length(word) > 2;
  counts := messaging.forget_messages(ids);
  delete from messaging.suppressions s where s.business_id = business and lower(s.address) in (e164, lower(mail));
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('suppressions', touched);
  delete from messaging.sandbox_messages s
  where exists (
    select from unnest(words) word
    where strpos(lower(concat_ws(' ', s.recipient, s.subject, s.body, s.html, s.headers::text)), word) > 0);
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('sandbox_messages', touched);
  insert into messaging.erasures (business_id, at, actor, contact_hash, counts)
  values (business, moment, actor, contact_hash, counts)
  returning id into proof;
  return jsonb_build_object('id', proof, 'erasedAt', messaging.iso(moment), 'contactHash', contact_hash, 'counts', counts);
end $$;

-- Whether a lead is still on its way to somebody, or nobody was ever told of it: then it is kept however old it is, until a person
-- has acted. What a suspicion holds back is not missed by anybody.
create function messaging.is_owed(m public.messages) returns boolean language sql stable as $$
  select exists (select from messaging.deliveries d where d.message_id = m.id and d.state in ('pending', 'sending'))
    or m.status = 'unread' and m.quarantined_at is null
      and not exists (select from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' and d.state in ('sent', 'delivered'))
$$;

-- Deletes leads that were archived because of their age, once their business has had time to look. Says how many.
create function messaging.forget_expired(moment timestamptz, most integer) returns integer language plpgsql set search_path = '' as $$
declare
  ids uuid[];
begin
  -- Their business keeps leads longer by now.
  update public.messages set forget_after = null
  where id in (
    select m.id from public.messages m
    left join messaging.business_settings s on s.business_id = m.business_id
    where m.forget_after <= moment and m.created_at >= moment - make_interval(months => coalesce(s.retention_months, 24))
    limit most for update of m skip locked);
  select coalesce(array_agg(due.id), '{}') into ids
  from (
    select m.id from public.messages m
    where m.forget_after <= moment and m.status = 'archived' and not messaging.is_owed(m)
    order by m.forget_after limit most for update of m skip locked) due;
  insert into messaging.audit_entries (business_id, at, actor_kind, actor, action, details)
  select m.business_id, moment, 'service', 'retention', 'delete-expired', jsonb_build_object('messages', count(*),
    'undelivered', count(*) filter (where exists (
      select from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' and d.state in ('held', 'failed'))))
  from public.messages m where m.id = any (ids)
  group by m.business_id;
  perform messaging.forget_messages(ids);
  return cardinality(ids);
end $$;

create policy caller_reads on messaging.suppressions for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
grant select on messaging.suppressions to authenticated;

revoke all on function messaging.digits(text), messaging.messages_of(uuid, text, text, text), messaging.reference(uuid),
  messaging.forget_messages(uuid[]), messaging.erase_contact(text, text, text, text, text, timestamptz),
  messaging.is_owed(public.messages), messaging.forget_expired(timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.digits(text), messaging.messages_of(uuid, text, text, text), messaging.reference(uuid)
  to authenticated, messaging_worker;
grant execute on function messaging.erase_contact(text, text, text, text, text, timestamptz) to authenticated;
grant execute on function messaging.forget_messages(uuid[]), messaging.is_owed(public.messages),
  messaging.forget_expired(timestamptz, integer) to messaging_worker;
grant create on schema messaging to messaging_worker;
alter function messaging.erase_contact(text, text, text, text, text, timestamptz) owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
