-- The deliveries that need a person: held, failed or unknown, unless a fallback took over, or not sent after five minutes. Deliveries
-- held by quarantine are not among them, nor deliveries that wait for the end of the quiet hours or are on their way in a summary, nor receipts of
-- visitors. Has no settings (set …), so that PostgreSQL can inline it.
-- Runs: called by matching(), and by the statement that counts undelivered deliveries.

create or replace function messaging.undelivered(at timestamptz) returns setof messaging.deliveries language sql stable as $$
  select d.* from messaging.deliveries d
  where d.state in ('held', 'failed', 'unknown') and coalesce(d.held_reason, '') not in ('quarantine', 'quiet hours', 'in summary')
    and d.cause not in ('test', 'canary', 'receipt')
    and not exists (select from messaging.deliveries f where f.fallback_of = d.id)
  union all
  select d.* from messaging.deliveries d
  where d.state in ('pending', 'sending') and d.cause not in ('test', 'canary', 'receipt') and d.created_at < at - interval '5 minutes'
    -- One that waited for the end of the quiet hours is late from then on.
    and (d.attempts > 0 or d.next_attempt_at < at - interval '5 minutes')
$$;

revoke all on function messaging.undelivered(timestamptz) from public, anon, authenticated;
grant execute on function messaging.undelivered(timestamptz) to authenticated, messaging_worker;
