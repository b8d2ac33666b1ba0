-- A visitor who asks again within a day is more urgent: the priority is one step above the higher of both requests.
-- Runs: called by the statement that accepts a lead.

create or replace function messaging.raised(before text, now text) returns text language sql immutable set search_path = '' as $$
  select ranks[least(4, 1 + greatest(array_position(ranks, before), array_position(ranks, now)))]
  from (select array['low', 'medium', 'high', 'urgent'] as ranks) r
$$;

revoke all on function messaging.raised(text, text) from public, anon, authenticated;
grant execute on function messaging.raised(text, text) to messaging_intake;
