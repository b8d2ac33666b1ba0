-- The way back from a place in the order of events to the transaction of this cluster.
-- Runs: called by the statement that checks stored counts.

create or replace function messaging.transaction_at(place xid8) returns xid8 language sql stable parallel safe
  return greatest(place::text::bigint - messaging.epoch_start(), 0)::text::xid8;

revoke all on function messaging.transaction_at(xid8) from public, anon, authenticated;
grant execute on function messaging.transaction_at(xid8) to authenticated, messaging_intake, messaging_worker;
