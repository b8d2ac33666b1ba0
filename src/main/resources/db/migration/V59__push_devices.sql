-- Browsers in which members receive push messages. Endpoint and keys are sealed: with them anybody can write to the browser.
create table messaging.push_devices (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  person_id uuid not null,
  label text not null check (char_length(label) between 1 and 100),
  endpoint_hash bytea not null,
  device text not null,
  created_at timestamptz not null,
  unique (business_id, person_id, endpoint_hash)
);
alter table messaging.push_devices enable row level security, force row level security;
revoke all on messaging.push_devices from public, anon, authenticated;

create policy worker_all on messaging.push_devices for all to messaging_worker using (true) with check (true);
grant select, update (device), delete on messaging.push_devices to messaging_worker;

create policy caller_reads on messaging.push_devices for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
create policy caller_adds on messaging.push_devices for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
create policy caller_changes on messaging.push_devices for update to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
create policy caller_deletes on messaging.push_devices for delete to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
grant select (id, business_id, person_id, label, endpoint_hash, created_at),
  insert (business_id, person_id, label, endpoint_hash, device, created_at), update (label, device), delete
  on messaging.push_devices to authenticated;

create index push_devices_endpoint_hash on messaging.push_devices (endpoint_hash);

-- Each device shows when a message was last accepted for it.
create index deliveries_of_device on messaging.deliveries (lane, ended_at desc)
  where channel = 'push' and state in ('sent', 'delivered');

-- Everybody may send a test to a device of their own.
create policy caller_tests_device on messaging.deliveries for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer')) and cause = 'test' and channel = 'push'
    and message_id is null and event_id is null and recipient is null
    and exists (select from messaging.push_devices d where d.id = target_id));

-- The key pair by which push services know this installation: one row.
create table messaging.push_keys (
  is_only boolean primary key default true check (is_only),
  public_key text not null,
  private_key text not null
);
alter table messaging.push_keys enable row level security, force row level security;
revoke all on messaging.push_keys from public, anon, authenticated;

create policy worker_all on messaging.push_keys for all to messaging_worker using (true) with check (true);
grant select, insert, update (private_key) on messaging.push_keys to messaging_worker;
