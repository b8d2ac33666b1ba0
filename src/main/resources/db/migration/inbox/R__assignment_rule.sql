-- The rule by which leads of a funnel are assigned: its own, or that of the business; no row where there is neither.
-- Runs: called by next_assignee(), assign_lead() and reassign_leads().

create or replace function messaging.assignment_rule(business uuid, funnel uuid) returns setof messaging.assignment_rules
language sql stable set search_path = '' as $$
  select r.*
  from messaging.assignment_rules r
  where r.business_id = business and (r.funnel_id = funnel or r.funnel_id is null)
  order by r.funnel_id nulls last
  limit 1
$$;

revoke all on function messaging.assignment_rule(uuid, uuid) from public, anon, authenticated;
grant execute on function messaging.assignment_rule(uuid, uuid) to authenticated, messaging_worker;
