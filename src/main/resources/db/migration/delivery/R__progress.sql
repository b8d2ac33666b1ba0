-- How far a delivery has come, from 1 (failed) to 4 (delivered): a lead shows the best of each channel.
-- Runs: called by show_deliveries().

create or replace function messaging.progress(state text) returns integer language sql immutable as $$
  select array_position(array['failed', 'pending', 'sent', 'delivered'], messaging.shown_status(state))
$$;

revoke all on function messaging.progress(text) from public, anon, authenticated;
grant execute on function messaging.progress(text) to messaging_worker;
