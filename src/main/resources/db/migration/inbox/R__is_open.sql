-- Whether a business is open at a moment. One that has set no hours is.
-- Runs: called by defer_until(), and wherever notifications depend on opening hours.

create or replace function messaging.is_open(business uuid, at timestamptz) returns boolean language plpgsql stable set search_path = '' as $$
begin
  return exists (
    select from messaging.open_hours(business) c
    cross join lateral messaging.open_times(c.hours, c.zone, at, at + interval '1 second') o
    where o.opens <= at);
end $$;

revoke all on function messaging.is_open(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.is_open(uuid, timestamptz) to authenticated, messaging_intake, messaging_worker;
