-- Whom a step of an escalation notifies: members who may act and are not away, each once. Where it names only people who are not there
-- (nobody has the lead, nobody is on duty, the deputy has left or is away), the owners; where all owners are away as well, all of them.
-- Runs: called by escalate().

create or replace function messaging.escalation_recipients(business uuid, assignee uuid, step jsonb, at timestamptz) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  wanted constant jsonb := step -> 'notify';
  duty uuid;
  people uuid[];
  present uuid[];
  owners constant uuid[] := array(
    select b.user_id from messaging.business_members b where b.business_id = business and b.role = 'owner'
    union select business);
  away constant uuid[] := array(
    select a.member_id from messaging.absences a
    where a.business_id = business and a.starts_at <= at and (a.ends_at is null or a.ends_at > at));
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
  present := array(select p from unnest(people) p where p <> all (away));
  -- The id of the business is an owner too, but may be no person: alone it replaces nobody who is away.
  if (present = '{}' or present = array[business] and present <> people)
      and wanted ?| array['assignee', 'on_duty', 'members', 'owners', 'everyone'] then
    present := array(select o from unnest(owners) o where o <> all (away));
    return case when present <@ array[business] and present <> owners then owners else present end;
  end if;
  return present;
end $$;

revoke all on function messaging.escalation_recipients(uuid, uuid, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.escalation_recipients(uuid, uuid, jsonb, timestamptz) to messaging_worker;
