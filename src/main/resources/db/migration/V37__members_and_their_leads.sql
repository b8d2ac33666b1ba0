-- A member who acknowledges a lead beside this service, as through the project's own API, is on record as who did, and is assigned the
-- lead unless somebody has it. What the service itself changes says both in its own statement.

create function messaging.assign_acknowledged() returns trigger language plpgsql set search_path = '' as $$
declare
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if claims ->> 'business' is null then
    new.acknowledged_by_member := coalesce(new.acknowledged_by_member, (claims ->> 'sub')::uuid);
    new.assigned_to := coalesce(new.assigned_to, new.acknowledged_by_member);
  end if;
  return new;
end $$;

revoke all on function messaging.assign_acknowledged() from public, anon, authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.assign_acknowledged() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;

-- A platform's leads may have no status; those are unread.
create trigger assign_acknowledged before update of status on public.messages for each row
when (coalesce(old.status, 'unread') in ('unread', 'read') and new.status in ('acknowledged', 'responded'))
execute function messaging.assign_acknowledged();

-- A key that assigns leads has to know the members. Otherwise as before.
create or replace function messaging.existing_scopes(wanted text[]) returns text[] language plpgsql stable set search_path = '' as $$
declare
  known constant text[] := array['messages:read', 'messages:write', 'messages:export', 'deliveries:read', 'deliveries:write',
    'webhooks:read', 'webhooks:write', 'funnels:read', 'funnels:write', 'contacts:read', 'members:read', 'audit:read'];
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
