-- What becomes of a summary becomes of the notifications that it covers: sent where it was sent. Where it has failed they have failed
-- too, and the fallback channel of each lead takes over. A summary whose outcome changes later, as by a bounce, is passed on again;
-- a notification that a person has sent again meanwhile is not covered any more.
-- Runs: called by the timer of the quiet hours. Returns the number of summaries, 50 at most.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.pass_on_summaries(at timestamptz) returns integer language plpgsql set search_path = '' as $$
declare
  summary messaging.deliveries;
  passed integer := 0;
begin
  for summary in
    select s.*
    from messaging.deliveries s
    where s.cause = 'summary' and s.passed_on is distinct from s.state
      and (s.state in ('sent', 'delivered', 'failed', 'cancelled') or s.state = 'unknown' and s.receipt_due_at is null)
    order by s.updated_at
    limit 50
    for update skip locked
  loop
    update messaging.deliveries d
    set state = summary.state, held_reason = null, provider = summary.provider, last_error = summary.last_error,
      outcome_unknown = summary.outcome_unknown, ended_at = coalesce(summary.ended_at, at), updated_at = at
    where d.covered_by = summary.id and (d.state = 'held' and d.held_reason = 'in summary' or d.state = summary.passed_on);
    update messaging.deliveries s set passed_on = s.state where s.id = summary.id;
    passed := passed + 1;
  end loop;
  return passed;
end $$;

revoke all on function messaging.pass_on_summaries(timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
