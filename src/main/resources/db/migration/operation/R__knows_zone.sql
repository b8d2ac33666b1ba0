-- Whether the server knows a time zone: one that it does not know would fail a statement for all businesses at once.
-- Runs: called by business_clock(), when settings are changed, and by the statement that finds due digests.

create or replace function messaging.knows_zone(zone text) returns boolean language plpgsql stable set search_path = '' as $$
begin
  perform timezone(zone, now());
  return true;
exception when invalid_parameter_value then
  return false;
end $$;

revoke all on function messaging.knows_zone(text) from public, anon, authenticated;
grant execute on function messaging.knows_zone(text) to authenticated, messaging_intake, messaging_worker;
