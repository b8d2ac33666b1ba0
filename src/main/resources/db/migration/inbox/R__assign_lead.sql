-- Gives a lead to the next member by its rule, with a "message.assigned" event that explains it, notifies that member, and notes when it
-- is passed on if they do not act. Returns the member; null where nobody is there, and then the lead stays as it is.
-- Runs: called by assign_new_leads() and reassign_leads(), which have locked the lead and the position of the business.

create or replace function messaging.assign_lead(lead public.messages, at timestamptz, tried uuid[], because text) returns uuid
language plpgsql set search_path = '' as $$
declare
  rule messaging.assignment_rules;
  next record;
  event bigint;
begin
  select n.* into next from messaging.next_assignee(lead.business_id, lead.funnel_id, at, tried) n;
  if next.member is null then
    return null;
  end if;
  select r.* into rule from messaging.assignment_rule(lead.business_id, lead.funnel_id) r;
  update messaging.assignment_rules r set last_member_id = next.member where r.id = rule.id;
  update public.messages m set assigned_to = next.member, updated_at = at where m.id = lead.id;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (lead.business_id, lead.id, 'message.assigned', jsonb_build_object('from', lead.assigned_to, 'to', next.member,
    'reason', 'assignment-rule', 'rule', rule.rule, 'explanation', concat_ws('; ', because, next.reason)), at)
  returning id into event;
  perform messaging.notify_members(lead.business_id, lead.id, 'assigned', 'assigned ' || event, array[next.member], null, at,
    jsonb_build_object('reason', 'Assigned to you: ' || concat_ws('; ', because, next.reason)));
  insert into messaging.reassignments as w (message_id, business_id, member_id, due_at, tried)
  select lead.id, lead.business_id, next.member, coalesce(
    messaging.after_open_minutes(lead.business_id, at, rule.reassign_after_minutes), at + make_interval(mins => rule.reassign_after_minutes)),
    tried || next.member
  where rule.reassign_after_minutes is not null
  on conflict (message_id) do update set (member_id, due_at, tried) = (excluded.member_id, excluded.due_at, excluded.tried);
  return next.member;
end $$;

revoke all on function messaging.assign_lead(public.messages, timestamptz, uuid[], text) from public, anon, authenticated;
grant execute on function messaging.assign_lead(public.messages, timestamptz, uuid[], text) to messaging_worker;
