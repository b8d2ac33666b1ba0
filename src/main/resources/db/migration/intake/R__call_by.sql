-- Until when a lead wants an answer, where its business keeps opening hours: the same limit as due(), counted while the business is open.
-- Runs: called when a lead is accepted, and when its priority changes.

create or replace function messaging.call_by(business uuid, at timestamptz, priority text, within integer) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return messaging.after_open(business, at, messaging.due(at, priority, within) - at);
end $$;

revoke all on function messaging.call_by(uuid, timestamptz, text, integer) from public, anon, authenticated;
grant execute on function messaging.call_by(uuid, timestamptz, text, integer) to authenticated, messaging_intake, messaging_worker;
