-- Runs the steps of escalations that are due. The lead is locked until the commit: an act at the same moment is either seen
-- here, and no step runs, or waits until the step is committed. A locked lead is looked at again in a moment. An escalation whose lead
-- was acted on ends, whoever wrote the status; an escalation whose lead was put off waits until then. A step that fails holds up no other.
-- A lead that an assignment rule has not looked at yet has no assignee to notify: its first step waits for that, ten seconds at most.
-- Runs: called by a timer each second, by any number of instances. Returns how many were due.

create or replace function messaging.run_escalations(at timestamptz, most integer) returns integer language plpgsql set search_path = '' as $$
declare
  due record;
  handled integer := 0;
begin
  for due in
    select x.message_id, x.business_id, x.policy, coalesce(m.status, 'unread') in ('unread', 'read') as is_waiting, m.call_again_at,
      exists (select from messaging.escalation_policies p where p.id = x.policy_id and p.is_active) as is_active
    from messaging.escalations x
    join public.messages m on m.id = x.message_id
    where x.next_at <= at
      and (x.step > 0 or x.round > 0 or m.assigned_to is not null or x.next_at < at - interval '10 seconds' or not exists (
        select from messaging.event_readers p
        join messaging.message_events e on e.id = x.event_id
        where p.business_id = x.business_id and p.reader = 'assignment' and (e.tx, e.id) > (p.tx, p.event_id)))
    order by x.next_at
    limit most
    for no key update of x skip locked
    for share of m skip locked
  loop
    handled := handled + 1;
    if not due.is_waiting or not due.is_active then
      update messaging.escalations x
      set next_at = null, ended_because = case when due.is_waiting then 'policy-removed' else 'acted' end
      where x.message_id = due.message_id;
    elsif due.call_again_at > at then
      update messaging.escalations x
      set step = 0, round = 0, base_at = due.call_again_at, started_at = due.call_again_at,
        next_at = messaging.escalation_time(due.business_id, due.policy, due.call_again_at, (due.policy #>> '{steps,0,after}')::numeric::integer)
      where x.message_id = due.message_id;
    else
      begin
        perform messaging.escalate(due.message_id, at);
      exception when others then
        update messaging.escalations x set next_at = at + interval '1 minute', last_error = left(sqlerrm, 500)
        where x.message_id = due.message_id;
      end;
    end if;
  end loop;
  return handled;
end $$;

revoke all on function messaging.run_escalations(timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.run_escalations(timestamptz, integer) to messaging_worker;
