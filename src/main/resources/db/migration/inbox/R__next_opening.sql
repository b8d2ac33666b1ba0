-- When a business opens next: the moment itself while it is open, and null where it does not open within 400 days, as one that has
-- a holiday on each of its days. Whoever calls it treats such a business as always open.
-- Runs: called by defer_until().

create or replace function messaging.next_opening(business uuid, at timestamptz) returns timestamptz language plpgsql stable set search_path = '' as $$
declare
  clock record;
  days integer;
  opening timestamptz;
begin
  select c.zone, c.hours into clock from messaging.open_hours(business) c;
  -- Nearly always it is within a day or a week; a long holiday is looked past only then.
  foreach days in array array[1, 8, 64, 400] loop
    select min(o.opens) into opening from messaging.open_times(clock.hours, clock.zone, at, at + make_interval(days => days)) o;
    exit when opening is not null;
  end loop;
  return opening;
end $$;

revoke all on function messaging.next_opening(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.next_opening(uuid, timestamptz) to authenticated, messaging_intake, messaging_worker;
