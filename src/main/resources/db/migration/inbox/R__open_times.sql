-- When a business is open between two moments, by the clock on its wall: an hour may come twice on the day that the clock goes back,
-- and not at all on the day that it goes forward. Hours are entries of business_clock(); they belong to the day on which they open, also
-- where they close on the next. Times that meet or overlap are one. In PL/pgSQL, because a function in SQL is planned anew at each call,
-- which takes longer than the call.
-- Runs: called by opening(), business_seconds() and the functions that tell when a business is open.

create or replace function messaging.open_times(hours jsonb, zone text, since timestamptz, until timestamptz)
returns table (opens timestamptz, closes timestamptz) language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with day as materialized (
    select n.midnight, extract(isodow from n.midnight) as weekday,
      hours @> jsonb_build_array(jsonb_build_object('date', to_char(n.midnight, 'YYYY-MM-DD'))) as is_holiday,
      messaging.ahead_of_utc(n.earliest, zone) as before, messaging.ahead_of_utc(n.latest, zone) as after, n.earliest, n.latest
    from (
      select (since at time zone zone)::date + i + time '00:00' as midnight,
        (((since at time zone zone)::date + i)::timestamp at time zone zone) - interval '3 hours' as earliest,
        (((since at time zone zone)::date + i + 2)::timestamp at time zone zone) + interval '3 hours' as latest
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
    select midnight, weekday, is_holiday, before as ahead, null::timestamptz as begins, changes_at as ends from change
    union all
    select midnight, weekday, is_holiday, after, changes_at, null from change where before <> after
  ),
  wall as (
    select greatest((p.midnight + span.opens - p.ahead) at time zone 'UTC', p.begins, since) as opens,
      least((p.midnight + span.closes - p.ahead) at time zone 'UTC', p.ends, until) as closes
    from part p
    join jsonb_array_elements(hours) h (entry) on h.entry ? 'opens'
      and case when p.is_holiday then h.entry ->> 'date' = to_char(p.midnight, 'YYYY-MM-DD') else (h.entry ->> 'weekday')::integer = p.weekday end
    cross join lateral (
      select (h.entry ->> 'opens')::interval as opens,
        (h.entry ->> 'closes')::interval
          + case when (h.entry ->> 'closes')::interval <= (h.entry ->> 'opens')::interval then interval '1 day' else interval '0' end as closes) span
  )
  select lower(o.span), upper(o.span)
  from (
    select unnest(range_agg(tstzrange(w.opens, w.closes))) as span from wall w where w.opens < w.closes) o
  order by lower(o.span);
end $$;

revoke all on function messaging.open_times(jsonb, text, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.open_times(jsonb, text, timestamptz, timestamptz) to authenticated, messaging_intake, messaging_worker;
