-- The business that the caller has chosen (claim "business"); null for people who read the tables directly through the platform.
-- Runs: called by the policies one_business_at_a_time and member_reads, by the triggers for direct changes, and by spend().

create or replace function messaging.chosen_business() returns uuid language sql stable set search_path = '' as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'business')::uuid
$$;

revoke all on function messaging.chosen_business() from public, anon, authenticated;
grant execute on function messaging.chosen_business() to authenticated, messaging_worker;
