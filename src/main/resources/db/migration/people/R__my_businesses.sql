-- The businesses that the caller is a member of with at least this role, for people who read the tables directly through the
-- platform.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by the policies of the tables in schema public.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.my_businesses(wanted text) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select m.business_id
    from messaging.business_members m
    where m.user_id = (select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid)
      and coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'is_anonymous', 'false') <> 'true'
      and array_position(array['viewer', 'agent', 'owner'], m.role) >= array_position(array['viewer', 'agent', 'owner'], wanted);
end $$;

revoke all on function messaging.my_businesses(text) from public, anon, authenticated;
grant execute on function messaging.my_businesses(text) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
