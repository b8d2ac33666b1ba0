-- The times at which a business can be asked to call, within its opening hours: the mornings (until 12:00), afternoons (until 17:00) and
-- evenings of the days from a moment on, by its own clock. One that has nearly passed is left out.
-- Runs: called by the statements that load a form and that look at a requested time.

create or replace function messaging.call_times(business uuid, at timestamptz, most integer)
returns table (day date, part text, since timestamptz, until timestamptz) language plpgsql stable set search_path = '' as $$
begin
  return query
  select d.day, p.name, min(greatest(o.opens, w.begins)), max(least(o.closes, w.ends))
  from messaging.open_hours(business) c
  cross join lateral (select (at at time zone c.zone)::date + i as day from generate_series(0, 13) i) d
  cross join (values ('morning', time '00:00', time '12:00'), ('afternoon', '12:00', '17:00'), ('evening', '17:00', '24:00')) p (name, begins, ends)
  cross join lateral (
    select (d.day + p.begins) at time zone c.zone as begins,
      case when p.ends = time '24:00' then (d.day + 1)::timestamp else d.day + p.ends end at time zone c.zone as ends) w
  join messaging.open_times(c.hours, c.zone, at, at + interval '15 days') o on o.opens < w.ends and o.closes > w.begins
  group by d.day, p.name, p.begins
  having max(least(o.closes, w.ends)) > at + interval '15 minutes'
  order by d.day, p.begins
  limit most;
end $$;

revoke all on function messaging.call_times(uuid, timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.call_times(uuid, timestamptz, integer) to messaging_worker;
