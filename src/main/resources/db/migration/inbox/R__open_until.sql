-- For how many seconds a business was open until a moment, from the arrays of opening().
-- Runs: called by lead_figures_of().

create or replace function messaging.open_until(moment timestamptz, opens timestamptz[], closes timestamptz[], before float8[]) returns float8
language sql immutable as $$
  select coalesce(before[width_bucket(moment, opens)]
    + date_part('epoch', least(moment, closes[width_bucket(moment, opens)]) - opens[width_bucket(moment, opens)]), 0)
$$;

revoke all on function messaging.open_until(timestamptz, timestamptz[], timestamptz[], float8[]) from public, anon, authenticated;
grant execute on function messaging.open_until(timestamptz, timestamptz[], timestamptz[], float8[]) to authenticated, messaging_worker;
