-- How many requests a rate limit allows at a moment: what has come together since next_send_at, at most that of two seconds, because targets
-- are looked at once a second. Null without a limit. A
-- hundredth of a request is given, because times are rounded to microseconds. A time further ahead was written by a wrong clock.
-- Runs: called by the statements that claim deliveries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.rate_allows(per_minute integer, next_send_at timestamptz, at timestamptz) returns integer
language sql stable as $$
  select case when per_minute is not null then greatest(0, least(
    ceil(per_minute / 30.0),
    1 + floor(extract(epoch from at - case when next_send_at <= at + interval '61 seconds' then next_send_at else at - interval '1 minute' end) * per_minute / 60 + 0.01)))::integer end
$$;

revoke all on function messaging.rate_allows(integer, timestamptz, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
