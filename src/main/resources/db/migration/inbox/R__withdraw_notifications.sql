-- Cancels what was still to notify members of a lead once somebody has acted on it: an SMS that waits for its provider must not say
-- afterwards that nobody has acted.
-- Runs: after an update that acknowledges, answers or archives a lead.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.withdraw_notifications() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = 'Not sent: somebody has acted on the lead', ended_at = new.updated_at,
    updated_at = new.updated_at
  where d.message_id = new.id and d.cause = 'notification' and d.state in ('pending', 'held')
    and d.payload ->> 'event' in ('new_lead', 'assigned', 'escalated', 'overdue');
  return null;
end $$;

revoke all on function messaging.withdraw_notifications() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger withdraw_notifications after update of status on public.messages
for each row when (coalesce(old.status, 'unread') in ('unread', 'read') and new.status in ('acknowledged', 'responded', 'archived')
  and new.type <> 'reminder')
execute function messaging.withdraw_notifications();
