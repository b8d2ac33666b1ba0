-- A change of a lead's priority becomes a "message.priority_changed" event. A trigger, because the platform may write it directly.
-- Runs: after an update of a lead's priority, unless messaging.announced is set.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.announce_priority() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.priority_changed', jsonb_build_object('from', old.priority, 'to', new.priority), now());
  return null;
end $$;

revoke all on function messaging.announce_priority() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger announce_priority after update of priority on public.messages
for each row when (old.priority is distinct from new.priority and coalesce(current_setting('messaging.announced', true), '') = '')
execute function messaging.announce_priority();
