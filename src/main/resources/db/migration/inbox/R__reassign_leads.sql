-- Passes leads on whose member has not acted in time: to the next by the rule who did not have them yet. A lead that somebody acted on or
-- gave to another is left alone. Returns how many due ones it looked at; 0 when there are no more, or another instance is at it.
-- Runs: called by the statement that assigns leads.

create or replace function messaging.reassign_leads(business uuid, at timestamptz) returns integer language plpgsql set search_path = '' as $$
declare
  due record;
  lead public.messages;
  minutes integer;
  seen integer := 0;
begin
  perform from messaging.event_readers p where p.business_id = business and p.reader = 'assignment' for update skip locked;
  if not found then
    return 0;
  end if;
  perform from public.messages m
  where m.id = any (array(select w.message_id from messaging.reassignments w where w.business_id = business and w.due_at <= at order by w.due_at limit 200))
  order by m.id
  for no key update;
  for due in
    select w.* from messaging.reassignments w where w.business_id = business and w.due_at <= at order by w.due_at, w.message_id limit 200
  loop
    seen := seen + 1;
    select m.* into lead from public.messages m where m.id = due.message_id and coalesce(m.status, 'unread') in ('unread', 'read')
      and m.assigned_to = due.member_id and m.quarantined_at is null
      -- Who has tried to call, or has put the lead off, has acted.
      and m.call_outcome is null and coalesce(m.call_again_at, at) <= at;
    minutes := case when found then (select r.reassign_after_minutes from messaging.assignment_rule(business, lead.funnel_id) r) end;
    -- With nobody left it stays with the last one.
    if minutes is null or messaging.assign_lead(lead, at, due.tried, format('nobody acted for %s', case minutes when 1 then '1 minute' else minutes || ' minutes' end)) is null
    then
      delete from messaging.reassignments w where w.message_id = due.message_id;
    end if;
  end loop;
  return seen;
end $$;

revoke all on function messaging.reassign_leads(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.reassign_leads(uuid, timestamptz) to messaging_worker;
