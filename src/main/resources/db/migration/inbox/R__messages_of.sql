-- The leads of a contact in one business, by number or address; an input that is null finds nothing. Has no settings, so that
-- PostgreSQL can inline it.
-- Runs: called by erase_contact(), and by the API operation that exports a contact.

create or replace function messaging.messages_of(business uuid, e164 text, typed text, mail text) returns setof public.messages
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

revoke all on function messaging.messages_of(uuid, text, text, text) from public, anon, authenticated;
grant execute on function messaging.messages_of(uuid, text, text, text) to authenticated, messaging_worker;
