-- For how many whole seconds a business was open between two moments.
-- Runs: called by tests only, which compare the figures with it.

create or replace function messaging.business_seconds(hours jsonb, zone text, since timestamptz, until timestamptz) returns integer
language sql stable set search_path = '' as $$
  select coalesce(floor(extract(epoch from sum(o.closes - o.opens))), 0)::integer
  from messaging.open_times(hours, zone, since, until) o
$$;

revoke all on function messaging.business_seconds(jsonb, text, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.business_seconds(jsonb, text, timestamptz, timestamptz) to authenticated, messaging_worker;
