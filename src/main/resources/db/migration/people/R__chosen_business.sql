-- The business that the caller has chosen (claim "business"); null for people who read the tables directly through the platform.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by the policies one_business_at_a_time and member_reads, by the triggers for direct changes, and by spend().

create or replace function messaging.chosen_business() returns uuid language plpgsql stable set search_path = '' as $$
begin
  return (
    select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'business')::uuid);
end $$;

revoke all on function messaging.chosen_business() from public, anon, authenticated;
grant execute on function messaging.chosen_business() to authenticated, messaging_worker;
