-- Whether an SMS of unknown outcome still counts as pending: until its receipt is overdue, and as failed after that.
-- Runs: called by show_deliveries().

create or replace function messaging.hoped(state text, receipt_due_at timestamptz) returns text language sql immutable as $$
  select case when state = 'unknown' then case when receipt_due_at is null then 'failed' else 'pending' end else state end
$$;

revoke all on function messaging.hoped(text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.hoped(text, timestamptz) to messaging_worker;
