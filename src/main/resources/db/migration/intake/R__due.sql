-- The moment until which a lead wants an answer: the business's limit, a quarter of it for urgent leads, half of it for high,
-- four times as much for low priority.
-- Runs: called when a lead is accepted, when its priority changes, and when the demo is seeded.

create or replace function messaging.due(at timestamptz, priority text, within integer) returns timestamptz language sql stable set search_path = '' as $$
  select at + case priority when 'urgent' then 0.25 when 'high' then 0.5 when 'low' then 4 else 1 end
    * make_interval(mins => coalesce(within, 60))
$$;

revoke all on function messaging.due(timestamptz, text, integer) from public, anon, authenticated;
grant execute on function messaging.due(timestamptz, text, integer) to authenticated, messaging_intake, messaging_worker;
