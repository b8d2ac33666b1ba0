-- Whether a mail address needs no code, because a person signs in with it: the member themselves, or, for the recipient of a channel, an
-- owner of the business. Notes it as confirmed.
-- Runs: called by begin_confirmation().

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.signs_in_with(business uuid, member uuid, address text, at timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  if not exists (
      select from messaging.business_members m
      where m.business_id = business
        and (lower(m.email) = lower(address)
          or exists (select from messaging.people p where p.id = m.user_id and p.email = lower(address)))
        and case when member is null then m.role = 'owner' else m.user_id = member end)
    and not exists (
      select from messaging.people p where p.id = coalesce(member, business) and p.email = lower(address)) then
    return false;
  end if;
  insert into messaging.confirmations (business_id, member_id, channel, address, created_at, expires_at, tries_left, confirmed_at)
  values (business, member, 'email', address, at, at, 0, at);
  return true;
end $$;

revoke all on function messaging.signs_in_with(uuid, uuid, text, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
