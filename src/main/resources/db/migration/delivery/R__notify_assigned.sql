-- Notifies the member to whom the caller has assigned leads, and nobody of what they took themselves. Of more than five at once there is
-- one notification, which says how many more there are.
-- Runs: called by the statement that changes leads.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.notify_assigned(leads uuid[], member uuid, who text, at timestamptz) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  most constant integer := 5;
  claims constant jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  business constant uuid := messaging.acting_for('agent');
  more constant integer := case when cardinality(leads) > most then cardinality(leads) - 1 end;
begin
  -- A key carries the id of its business, which is its owner's too.
  if business is null or member is null or claims ->> 'role_in_app' is distinct from 'key' and claims ->> 'sub' = member::text then
    return 0;
  end if;
  return (
    select coalesce(sum(messaging.notify_members(business, lead.id, 'assigned', 'assigned ' || at, array[member], null, at,
      jsonb_strip_nulls(jsonb_build_object('by', who, 'more', more)))), 0)
    from unnest(case when more > 0 then leads[1:1] else leads end) lead (id));
end $$;

revoke all on function messaging.notify_assigned(uuid[], uuid, text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.notify_assigned(uuid[], uuid, text, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
