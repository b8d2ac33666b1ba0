-- A reminder that is in the inbox is done once somebody has acted on its lead.
-- Runs: after an update that acknowledges, answers or archives a lead that was put off, or takes the time to call again away.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.close_reminders() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  with closed as (
    update public.messages r
    set status = 'archived', updated_at = new.updated_at
    where r.follows = new.id and r.business_id = new.business_id and r.type = 'reminder' and r.status in ('unread', 'read')
    returning r.id
  )
  -- announce_status writes the event itself, unless the statement does.
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select new.business_id, closed.id, 'message.archived', jsonb_build_object('to', 'archived', 'reason', 'lead-' || new.status), new.updated_at
  from closed
  where coalesce(current_setting('messaging.announced', true), '') <> '';
  return null;
end $$;

revoke all on function messaging.close_reminders() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger close_reminders after update of status, call_again_at on public.messages
for each row when (new.type <> 'reminder' and old.call_again_at is not null and (new.call_again_at is null
  or old.status is distinct from new.status and new.status in ('acknowledged', 'responded', 'archived')))
execute function messaging.close_reminders();
