-- When a step of an escalation is due: so many minutes after a moment, by the clock on the wall or counted while the business is open.
-- Runs: called by start_escalations() and escalate().

create or replace function messaging.escalation_time(business uuid, policy jsonb, since timestamptz, amount integer) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return case
    when (policy ->> 'openHoursOnly')::boolean then messaging.after_open_minutes(business, since, amount)
    when policy ->> 'unit' = 'seconds' then since + make_interval(secs => amount)
    else since + make_interval(mins => amount) end;
end $$;

revoke all on function messaging.escalation_time(uuid, jsonb, timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.escalation_time(uuid, jsonb, timestamptz, integer) to messaging_worker;
