-- Records that the code of a confirmation was given, and returns the address; null where another code has taken its place meanwhile. An
-- older confirmation of the same person or channel ends with it: only the last confirmed address is remembered.
-- Runs: called after the service has compared the code. Callers may not run it: it would confirm anything.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.confirm(confirmation uuid, at timestamptz) returns text language plpgsql set search_path = '' as $$
declare
  given messaging.confirmations;
begin
  select c.* into given from messaging.confirmations c where c.id = confirmation and c.replaced_at is null for update;
  delete from messaging.confirmations c
  where c.business_id = given.business_id and c.member_id is not distinct from given.member_id and c.channel = given.channel
    and c.confirmed_at is not null and c.id <> given.id;
  update messaging.confirmations c set confirmed_at = coalesce(c.confirmed_at, at) where c.id = given.id;
  return given.address;
end $$;

revoke all on function messaging.confirm(uuid, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
