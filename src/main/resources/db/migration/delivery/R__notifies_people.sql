-- Whether a channel reaches people, who want quiet hours, and not a system.
-- Runs: called by pass_on(), and when a lead is accepted.

create or replace function messaging.notifies_people(channel text) returns boolean language sql immutable as $$
  select channel not in ('webhook', 'queue', 'json')
$$;

revoke all on function messaging.notifies_people(text) from public, anon, authenticated;
grant execute on function messaging.notifies_people(text) to messaging_intake, messaging_worker;
