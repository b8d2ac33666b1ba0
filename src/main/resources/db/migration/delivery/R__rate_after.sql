-- When a rate limit allows the next request after so many at a moment, see rate_allows().
-- Runs: called by the statement that claims deliveries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.rate_after(per_minute integer, next_send_at timestamptz, at timestamptz, requests bigint) returns timestamptz
language sql stable as $$
  select greatest(case when next_send_at <= at + interval '61 seconds' then next_send_at else at - interval '1 minute' end, at - (ceil(per_minute / 30.0) - 1) * (interval '1 minute' / per_minute))
    + requests * (interval '1 minute' / per_minute)
$$;

revoke all on function messaging.rate_after(integer, timestamptz, timestamptz, bigint) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
