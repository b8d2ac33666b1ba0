-- The moment at which a business has been open for a length of time since another moment. Where it does not open within 400 days, time
-- counts as it passes. It is looked for no more than ten years ahead.
-- Runs: called by after_open_minutes() and call_by().

create or replace function messaging.after_open(business uuid, at timestamptz, length interval) returns timestamptz language plpgsql stable set search_path = '' as $$
declare
  clock record;
  days integer;
  since timestamptz := at;
  until timestamptz;
  span record;
  opens_ever boolean := false;
  remaining interval := length;
begin
  select c.zone, c.hours into clock from messaging.open_hours(business) c;
  -- Nearly always it is within a day or a week; further is looked only then.
  foreach days in array array[1, 8, 64, 400, 3650] loop
    until := at + make_interval(days => days);
    for span in select o.opens, o.closes from messaging.open_times(clock.hours, clock.zone, since, until) o loop
      opens_ever := true;
      if span.opens + remaining <= span.closes then
        return span.opens + remaining;
      end if;
      remaining := remaining - (span.closes - span.opens);
    end loop;
    if days >= 400 and not opens_ever then
      return at + length;
    end if;
    since := until;
  end loop;
  return until;
end $$;

revoke all on function messaging.after_open(uuid, timestamptz, interval) from public, anon, authenticated;
grant execute on function messaging.after_open(uuid, timestamptz, interval) to authenticated, messaging_intake, messaging_worker;
