-- The id of the person who calls; null for an API key, which carries the id of its business and would be taken for its owner.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by the policies of saved_views, personal_preferences and confirmations, and by begin_confirmation().

create or replace function messaging.calling_person() returns uuid language plpgsql stable set search_path = '' as $$
begin
  return (
    select (c ->> 'sub')::uuid
    from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb as c) claims
    where c ->> 'role_in_app' is distinct from 'key');
end $$;

revoke all on function messaging.calling_person() from public, anon, authenticated;
grant execute on function messaging.calling_person() to authenticated, messaging_worker;
