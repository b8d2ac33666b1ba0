-- How far a time zone is ahead of UTC at a moment.
-- Runs: called by open_times().

create or replace function messaging.ahead_of_utc(moment timestamptz, zone text) returns interval language sql stable as $$
  select (moment at time zone zone) - (moment at time zone 'UTC')
$$;

revoke all on function messaging.ahead_of_utc(timestamptz, text) from public, anon, authenticated;
grant execute on function messaging.ahead_of_utc(timestamptz, text) to authenticated, messaging_intake, messaging_worker;
