-- Until when a notification of a lead waits because of the quiet hours of its business; null where it is sent now. Urgent leads may break
-- through. A business that never opens, or that is quiet all week, is notified at once: its notifications would wait for ever.
-- Runs: called when a lead of a business with quiet hours is accepted, and when deferred notifications are due.

create or replace function messaging.defer_until(business uuid, at timestamptz, priority text) returns timestamptz language plpgsql stable
set search_path = '' as $$
declare
  quiet record;
  ends timestamptz;
begin
  select s.quiet_hours, s.quiet_spans, s.urgent_breaks_through, s.time_zone into quiet
  from messaging.business_settings s where s.business_id = business;
  if not found or quiet.quiet_hours = 'off' or priority = 'urgent' and quiet.urgent_breaks_through then
    return null;
  end if;
  if quiet.quiet_hours = 'closed' then
    return nullif(messaging.next_opening(business, at), at);
  end if;
  select o.closes into ends
  from (select case when messaging.knows_zone(quiet.time_zone) then quiet.time_zone else 'UTC' end as zone) clock
  cross join lateral messaging.open_times(quiet.quiet_spans, clock.zone, at, at + interval '8 days') o
  where o.opens <= at;
  return case when ends < at + interval '8 days' then ends end;
end $$;

revoke all on function messaging.defer_until(uuid, timestamptz, text) from public, anon, authenticated;
grant execute on function messaging.defer_until(uuid, timestamptz, text) to authenticated, messaging_intake, messaging_worker;
