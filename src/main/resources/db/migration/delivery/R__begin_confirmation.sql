-- Sends a code to an address that leads are to go to, in the commit that changes the address, and says what became of it:
-- "confirmed": no code is needed, because the address was confirmed before, is the person's own sign-in address, or no code is asked for;
-- "sent"; or why nothing was done: "too soon" (the same address had a code less than a minute ago), "business" or "address" (too many codes
-- for the business, or to the address), "suppressed" (the address bounced or unsubscribed). Another address that waited for its code is
-- given up; an address of null does only that.
-- Takes of `rules`: isRequired, minutes (how long a code is good), tries, perBusiness (codes a day), perAddress (codes an hour, of all
-- businesses).
-- A function with the worker's rights, because callers may not insert deliveries. It refuses a business or a member that the caller does not
-- act for.
-- Runs: called by the API operations that set a recipient of a channel, or an address of a member.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.begin_confirmation(business uuid, member uuid, channel text, address text, rules jsonb, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare
  pending messaging.confirmations;
  begun uuid;
begin
  if business is distinct from messaging.acting_for(case when member is null then 'owner' else 'viewer' end)
      or member is not null and member is distinct from messaging.calling_person() then
    raise 'Not the caller''s to confirm' using errcode = '42501';
  end if;
  -- In this order everywhere, so that nobody waits in a circle. What is counted below stays true until the commit.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(begin_confirmation.channel || ' ' || lower(begin_confirmation.address), 57));
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(cast(business as text), 57));
  select c.* into pending from messaging.confirmations c
  where c.business_id = business and c.member_id is not distinct from member and c.channel = begin_confirmation.channel
    and c.confirmed_at is null and c.replaced_at is null;
  if begin_confirmation.address is null or not cast(rules ->> 'isRequired' as boolean) or exists (
      select from messaging.confirmations c
      where c.business_id = business and c.member_id is not distinct from member and c.channel = begin_confirmation.channel
        and lower(c.address) = lower(begin_confirmation.address) and c.confirmed_at is not null)
      or begin_confirmation.channel = 'email' and messaging.signs_in_with(business, member, begin_confirmation.address, at) then
    update messaging.confirmations c set replaced_at = at where c.id = pending.id;
    return 'confirmed';
  end if;
  if lower(pending.address) = lower(begin_confirmation.address) and pending.created_at > at - interval '1 minute' then
    return 'too soon';
  end if;
  if exists (
      select from messaging.suppressions s
      where s.business_id = business and s.channel = begin_confirmation.channel and lower(s.address) = lower(begin_confirmation.address)) then
    return 'suppressed';
  end if;
  if (rules ->> 'perAddress')::integer > 0 and (rules ->> 'perAddress')::integer <= (
      select count(*) from messaging.confirmations c
      where c.channel = begin_confirmation.channel and lower(c.address) = lower(begin_confirmation.address)
        and c.created_at > at - interval '1 hour') then
    return 'address';
  end if;
  if (rules ->> 'perBusiness')::integer > 0 and (rules ->> 'perBusiness')::integer <= (
      select count(*) from messaging.confirmations c where c.business_id = business and c.created_at > at - interval '24 hours') then
    return 'business';
  end if;
  update messaging.confirmations c set replaced_at = at where c.id = pending.id;
  insert into messaging.confirmations (business_id, member_id, channel, address, created_at, expires_at, tries_left)
  values (business, member, begin_confirmation.channel, begin_confirmation.address, at,
    at + least((rules ->> 'minutes')::integer, 60) * interval '1 minute', least((rules ->> 'tries')::smallint, 10))
  returning id into begun;
  insert into messaging.deliveries (business_id, cause, channel, recipient, period, attempt_limit, payload, next_attempt_at, created_at, updated_at)
  values (business, 'account', begin_confirmation.channel, begin_confirmation.address, 'confirmation ' || begun, 3,
    jsonb_build_object('notice', 'confirmation', 'confirmation', begun,
      'expiresAt', messaging.iso(at + least((rules ->> 'minutes')::integer, 60) * interval '1 minute')),
    at, at, at);
  return 'sent';
end $$;

revoke all on function messaging.begin_confirmation(uuid, uuid, text, text, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.begin_confirmation(uuid, uuid, text, text, jsonb, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
