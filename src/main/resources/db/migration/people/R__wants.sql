-- Whether a member wants to be notified of an event on a channel: as they have said, else by default. With "urgent only" an SMS comes for
-- urgent leads and for escalations. What is neither true nor false says nothing: it must not stop the notifications of others.
-- Runs: called by notify_members().

create or replace function messaging.wants(business uuid, member uuid, event text, channel text, priority text) returns boolean
language sql stable set search_path = '' as $$
  select case p.events -> wants.event ->> wants.channel
      when 'true' then true
      when 'false' then false
      else messaging.notifies_by_default(wants.event, wants.channel) end
    and (wants.channel <> 'sms' or not coalesce(p.sms_urgent_only, false) or wants.event = 'escalated'
      or coalesce(wants.priority, '') in ('high', 'urgent'))
  from (select) this
  left join messaging.personal_preferences p on p.business_id = wants.business and p.person_id = wants.member
$$;

revoke all on function messaging.wants(uuid, uuid, text, text, text) from public, anon, authenticated;
grant execute on function messaging.wants(uuid, uuid, text, text, text) to messaging_worker;
