-- The opening times of a business as arrays, with the seconds open before each: then the time open between any two moments is two
-- look-ups.
-- Runs: called by lead_figures_of().

create or replace function messaging.opening(hours jsonb, zone text, since timestamptz, until timestamptz)
returns table (opens timestamptz[], closes timestamptz[], before float8[]) language sql stable set search_path = '' as $$
  select array_agg(o.opens order by o.opens), array_agg(o.closes order by o.opens), array_agg(o.before order by o.opens)
  from (
    select t.opens, t.closes,
      coalesce(sum(date_part('epoch', t.closes - t.opens)) over (order by t.opens rows between unbounded preceding and 1 preceding), 0) as before
    from messaging.open_times(hours, zone, since, until) t
  ) o
$$;

revoke all on function messaging.opening(jsonb, text, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.opening(jsonb, text, timestamptz, timestamptz) to authenticated, messaging_worker;
