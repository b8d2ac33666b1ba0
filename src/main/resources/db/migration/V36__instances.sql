-- The instances that share this database, and what tells whether it can be written.

create table messaging.instances (
  id uuid primary key,
  -- Ids of the secrets keys that the instance can open, never the keys.
  keys jsonb not null,
  -- Settings that must be the same everywhere; none is a secret.
  settings jsonb not null,
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp()
);
alter table messaging.instances enable row level security, force row level security;
create policy worker_all on messaging.instances for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.instances to messaging_worker;

-- A row fills most of a page, so an insert makes the table grow: it fails where the disk is full. Each is rolled back.
create table messaging.write_probe (
  id uuid primary key default gen_random_uuid(),
  filler text not null default repeat('x', 7000)
);
alter table messaging.write_probe alter column filler set storage plain;
alter table messaging.write_probe enable row level security, force row level security;
create policy intake_tries on messaging.write_probe for insert to messaging_intake with check (true);
grant insert on messaging.write_probe to messaging_intake;
revoke all on messaging.instances, messaging.write_probe from public, anon, authenticated;

-- A mistyped scope opens nothing, which its user finds out late. docs/sql/add-api-key.sql asks before it makes a key; the API holds
-- scopes against its contract, and a test holds this list against it.
create function messaging.existing_scopes(wanted text[]) returns text[] language plpgsql stable set search_path = '' as $$
declare
  known constant text[] := array['messages:read', 'messages:write', 'messages:export', 'deliveries:read', 'deliveries:write',
    'webhooks:read', 'webhooks:write', 'funnels:read', 'funnels:write', 'contacts:read', 'audit:read'];
  trimmed text[];
  scope text;
begin
  foreach scope in array wanted loop
    if btrim(scope) <> all (known) then
      raise 'There is no scope "%": give some of %', btrim(scope), array_to_string(known, ', ') using errcode = '22023';
    end if;
    trimmed := trimmed || btrim(scope);
  end loop;
  return trimmed;
end $$;
revoke all on function messaging.existing_scopes(text[]) from public, anon, authenticated;
grant execute on function messaging.existing_scopes(text[]) to messaging_worker;
