-- Which members of the owner's business have a confirmed address of their own, and of which kind: an owner sees whom an SMS reaches, and not
-- the number. Nothing for anybody else.
-- Runs: called by the operation that lists members.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.confirmed_addresses() returns table (member_id uuid, channel text)
language sql stable security definer set search_path = '' as $$
  select a.user_id, a.channel from messaging.member_addresses a
  where a.business_id = messaging.acting_for('owner') and a.confirmed_at is not null
$$;

revoke all on function messaging.confirmed_addresses() from public, anon, authenticated;
grant execute on function messaging.confirmed_addresses() to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
