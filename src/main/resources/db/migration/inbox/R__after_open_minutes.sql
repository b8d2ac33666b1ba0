-- The moment at which a business has been open for so many minutes since another moment, as after_open() finds it.
-- Runs: called by the functions whose limits are minutes in which the business is open.

create or replace function messaging.after_open_minutes(business uuid, at timestamptz, minutes integer) returns timestamptz language sql stable
set search_path = '' as $$
  select messaging.after_open(business, at, make_interval(mins => minutes))
$$;

revoke all on function messaging.after_open_minutes(uuid, timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.after_open_minutes(uuid, timestamptz, integer) to authenticated, messaging_intake, messaging_worker;
