-- When a business is open between two moments, by the clock on its wall: an hour may come twice on the day that the clock goes back,
-- and not at all on the day that it goes forward. Hours are a list of {weekday, opens, closes}.
-- Runs: called by opening() and business_seconds().

create or replace function messaging.open_times(hours jsonb, zone text, since timestamptz, until timestamptz)
returns table (opens timestamptz, closes timestamptz) language sql stable set search_path = '' as $$
  with day as materialized (
    select n.midnight, extract(isodow from n.midnight) as weekday, messaging.ahead_of_utc(n.earliest, zone) as before,
      messaging.ahead_of_utc(n.latest, zone) as after, n.earliest, n.latest
    from (
      select (since at time zone zone)::date + i + time '00:00' as midnight,
        (((since at time zone zone)::date + i)::timestamp at time zone zone) - interval '3 hours' as earliest,
        (((since at time zone zone)::date + i + 1)::timestamp at time zone zone) + interval '3 hours' as latest
      from generate_series(-1, (until at time zone zone)::date - (since at time zone zone)::date + 1) i
    ) n
  ),
  change as (
    select d.*, (
      select min(t) from generate_series(d.earliest, d.latest, interval '15 minutes') t
      where messaging.ahead_of_utc(t, zone) <> d.before and d.before <> d.after) as changes_at
    from day d
  ),
  part as (
    select midnight, weekday, before as ahead, null::timestamptz as begins, changes_at as ends from change
    union all
    select midnight, weekday, after, changes_at, null from change where before <> after
  ),
  wall as (
    select greatest((p.midnight + (h.entry ->> 'opens')::interval - p.ahead) at time zone 'UTC', p.begins, since) as opens,
      least((p.midnight + (h.entry ->> 'closes')::interval - p.ahead) at time zone 'UTC', p.ends, until) as closes
    from part p
    join jsonb_array_elements(hours) h (entry) on (h.entry ->> 'weekday')::integer = p.weekday
  )
  select w.opens, w.closes from wall w where w.opens < w.closes order by w.opens
$$;

revoke all on function messaging.open_times(jsonb, text, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.open_times(jsonb, text, timestamptz, timestamptz) to authenticated, messaging_worker;
