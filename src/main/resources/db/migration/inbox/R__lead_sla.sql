-- Whether a lead was acknowledged by its deadline: 'met', 'missed', or null while the deadline is ahead, where there is none, and for a
-- lead that was archived in time without being acknowledged.
-- Runs: called by lead_figures_of(), and by the condition of a filter of leads.

create or replace function messaging.lead_sla(acknowledged_at timestamptz, archived_at timestamptz, due_at timestamptz, moment timestamptz)
returns text language sql immutable parallel safe as $$
  select case
    when acknowledged_at <= due_at then 'met'
    when coalesce(acknowledged_at, archived_at, moment) > due_at then 'missed' end
$$;

revoke all on function messaging.lead_sla(timestamptz, timestamptz, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.lead_sla(timestamptz, timestamptz, timestamptz, timestamptz) to authenticated, messaging_worker;
