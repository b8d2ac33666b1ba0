-- A notification of a member that was being sent when the member left, or when somebody acted on the lead, is not tried again. What waited
-- then was cancelled at once; what was under way is cancelled here, where it failed. Looks at the lead without a lock.
-- Runs: before an update that makes a notification pending again after an attempt.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.cancel_retry() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.member_id <> new.business_id and not exists (
      select from messaging.business_members b where b.business_id = new.business_id and b.user_id = new.member_id) then
    new.last_error := 'Cancelled because the member has left';
  elsif new.payload ->> 'event' in ('new_lead', 'assigned', 'escalated', 'overdue') and exists (
      select from public.messages m where m.id = new.message_id and m.status in ('acknowledged', 'responded', 'archived')) then
    new.last_error := 'Not sent: somebody has acted on the lead';
  else
    return new;
  end if;
  new.state := 'cancelled';
  new.ended_at := new.updated_at;
  return new;
end $$;

revoke all on function messaging.cancel_retry() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger cancel_retry before update of state on messaging.deliveries
for each row when (new.cause = 'notification' and old.state = 'sending' and new.state = 'pending')
execute function messaging.cancel_retry();
