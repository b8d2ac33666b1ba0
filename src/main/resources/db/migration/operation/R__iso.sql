-- A moment as the API writes it.
-- Runs: called by every statement that shows a moment.

create or replace function messaging.iso(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

revoke all on function messaging.iso(timestamptz) from public, anon, authenticated;
grant execute on function messaging.iso(timestamptz) to authenticated, messaging_intake, messaging_worker;
