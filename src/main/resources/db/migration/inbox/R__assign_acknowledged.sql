-- A member who acknowledges a lead beside this service, as through the platform's own API, is on record as who did, and is assigned
-- the lead unless somebody has it. A statement of the service says both itself.
-- Runs: before an update of a lead's status that acknowledges it.

create or replace function messaging.assign_acknowledged() returns trigger language plpgsql set search_path = '' as $$
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

-- A platform's leads may have no status; those are unread.
create or replace trigger assign_acknowledged before update of status on public.messages
for each row when (coalesce(old.status, 'unread') in ('unread', 'read') and new.status in ('acknowledged', 'responded'))
execute function messaging.assign_acknowledged();
