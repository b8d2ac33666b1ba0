-- Whom a step of an escalation notifies: members who may act, each once. Where it names only people who are not there (nobody has the
-- lead, nobody is on duty, the deputy has left), the owners.
-- Runs: called by escalate().

create or replace function messaging.escalation_recipients(business uuid, assignee uuid, step jsonb, at timestamptz) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  wanted constant jsonb := step -> 'notify';
  duty uuid;
  people uuid[];
  owners constant uuid[] := array(
    select b.user_id from messaging.business_members b where b.business_id = business and b.role = 'owner'
    union select business);
begin
  if wanted ? 'on_duty' then
    duty := messaging.on_duty(business, at);
  end if;
  people := array(
    select b.user_id
    from messaging.business_members b
    where b.business_id = business and b.role <> 'viewer'
      and (wanted ? 'everyone' or wanted ? 'assignee' and b.user_id = assignee or b.user_id = duty
        or wanted ? 'members' and step -> 'memberIds' ? b.user_id::text)
    union
    select o from unnest(owners) o
    where wanted ? 'owners' or wanted ? 'everyone' or wanted ? 'assignee' and o = assignee or o = duty);
  return case
    when people = '{}' and wanted ?| array['assignee', 'on_duty', 'members', 'owners', 'everyone'] then owners
    else people end;
end $$;

revoke all on function messaging.escalation_recipients(uuid, uuid, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.escalation_recipients(uuid, uuid, jsonb, timestamptz) to messaging_worker;
