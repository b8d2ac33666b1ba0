-- Shows leads again whose time has come: a message of type "reminder" in the inbox, which follows the lead, and a notification to the
-- assignee, else to the person who put it off, else to the owners. An earlier reminder of the lead is replaced. A lead that was answered or
-- archived meanwhile needs none. A locked lead is looked at again in a moment.
-- Runs: called by a timer each second, by any number of instances. Returns how many were due.

create or replace function messaging.remind(moment timestamptz, most integer) returns integer language plpgsql set search_path = '' as $$
declare
  due record;
  reminder uuid;
  people uuid[];
  handled integer := 0;
begin
  for due in
    select r.at, r.set_by, m.*
    from messaging.reminders r
    join public.messages m on m.id = r.message_id
    where r.at <= moment
    order by r.at
    limit most
    for update of r skip locked
    for share of m skip locked
  loop
    handled := handled + 1;
    begin
      delete from messaging.reminders r where r.message_id = due.id;
      if coalesce(due.status, 'unread') not in ('responded', 'archived') then
        reminder := gen_random_uuid();
        people := array(
          select b.user_id from messaging.business_members b
          where b.business_id = due.business_id and b.role <> 'viewer' and b.user_id = coalesce(due.assigned_to, due.set_by));
        if people = '{}' then
          people := case when coalesce(due.assigned_to, due.set_by) = due.business_id then array[due.business_id]
            else messaging.escalation_recipients(due.business_id, null, '{"notify": ["owners"]}', moment) end;
        end if;
        update public.messages o set status = 'archived', updated_at = moment
        where o.follows = due.id and o.business_id = due.business_id and o.type = 'reminder' and o.status in ('unread', 'read');
        insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, subject,
          message, priority, status, follows, assigned_to, created_at, updated_at)
        values (reminder, due.funnel_id, due.business_id, 'reminder', due.contact_name, due.contact_phone, due.contact_phone_e164,
          due.contact_email, 'Call back now', due.message, due.priority, 'unread', due.id, coalesce(due.assigned_to, people[1]), moment, moment);
        insert into messaging.message_events (business_id, message_id, type, data, created_at) values
          (due.business_id, reminder, 'message.created', jsonb_build_object('follows', due.id), moment),
          (due.business_id, due.id, 'message.reminded', jsonb_build_object('reminderId', reminder, 'memberIds', to_jsonb(people)), moment);
        perform messaging.notify_members(due.business_id, due.id, 'reminder', format('reminder %s', messaging.iso(due.at)), people, null, moment,
          jsonb_build_object('reason', 'You asked to be reminded'));
      end if;
    exception when others then
      -- A reminder that fails holds up no other, and is tried again.
      raise warning 'The reminder of lead % fails: %', due.id, sqlerrm;
      update messaging.reminders r set at = moment + interval '1 minute' where r.message_id = due.id;
    end;
  end loop;
  return handled;
end $$;

revoke all on function messaging.remind(timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.remind(timestamptz, integer) to messaging_worker;
