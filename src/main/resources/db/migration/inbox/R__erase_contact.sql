-- Erases a contact of the caller's business, for its owner only, and stores a proof that does not say who it was.
-- Runs: called by the API operation that erases a contact.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.erase_contact(e164 text, typed text, mail text, contact_hash text, actor text, moment timestamptz)
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

revoke all on function messaging.erase_contact(text, text, text, text, text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.erase_contact(text, text, text, text, text, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
