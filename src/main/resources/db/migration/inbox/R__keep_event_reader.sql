-- Assignment, escalation and the notifications of new leads read the events of a business only while it wants them: while it has an
-- assignment rule, a policy that is switched on, or a member who wants to be notified. Then the reader has a row with its position, and
-- without one the leads of the business cost nothing.
-- Runs: after an insert, update or delete of what a reader is wanted for; the trigger's argument names the reader.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.keep_event_reader() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  business constant uuid := case when tg_op = 'DELETE' then old.business_id else new.business_id end;
  is_wanted boolean;
begin
  -- Two changes at once would each not see the other.
  perform pg_advisory_xact_lock(hashtextextended(business::text, 71));
  is_wanted := case tg_argv[0]
    when 'assignment' then exists (select from messaging.assignment_rules r where r.business_id = business and r.rule <> 'nobody')
    when 'escalation' then exists (select from messaging.escalation_policies p where p.business_id = business and p.is_active)
    when 'notification' then exists (
        select from messaging.personal_preferences p
        cross join unnest(array['email', 'sms', 'push']) channel
        where p.business_id = business and p.events -> 'new_lead' ->> channel = 'true')
      -- A device rings for new leads unless its owner has said otherwise.
      or exists (select from messaging.push_devices d where d.business_id = business)
  end;
  if is_wanted then
    insert into messaging.event_readers (business_id, reader, tx)
    select b.id, tg_argv[0], messaging.place_of(case tg_argv[0]
      -- Leads that came in before were notified as was wanted then.
      when 'notification' then pg_current_xact_id()
      -- A lead whose transaction is still under way is among those that follow.
      else pg_snapshot_xmin(pg_current_snapshot()) end)
    -- Not of a business that is being deleted with all this.
    from public.businesses b
    where b.id = business
    on conflict do nothing;
  else
    delete from messaging.event_readers r where r.business_id = business and r.reader = tg_argv[0];
    if tg_argv[0] = 'assignment' then
      delete from messaging.reassignments w where w.business_id = business;
    end if;
  end if;
  return null;
end $$;

revoke all on function messaging.keep_event_reader() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger keep_event_reader after insert or delete or update of rule on messaging.assignment_rules
for each row execute function messaging.keep_event_reader('assignment');

create or replace trigger keep_event_reader after insert or delete or update of is_active on messaging.escalation_policies
for each row execute function messaging.keep_event_reader('escalation');

create or replace trigger keep_event_reader after insert or delete or update of events on messaging.personal_preferences
for each row execute function messaging.keep_event_reader('notification');

create or replace trigger keep_event_reader after insert or delete on messaging.push_devices
for each row execute function messaging.keep_event_reader('notification');
