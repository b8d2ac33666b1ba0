-- A browser belongs to the person who subscribed last: who signs in on a shared computer is not shown the leads of others.
-- Runs: after an insert of a push device.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.take_over_device() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from messaging.push_devices d where d.endpoint_hash = new.endpoint_hash and d.person_id <> new.person_id;
  return null;
end $$;

revoke all on function messaging.take_over_device() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger take_over_device after insert on messaging.push_devices
for each row execute function messaging.take_over_device();
