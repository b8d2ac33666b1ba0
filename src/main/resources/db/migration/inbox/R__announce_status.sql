-- A change of a lead's status becomes an event ("message.acknowledged", …). A trigger, because the platform may write the status
-- directly; a statement that writes the event itself sets messaging.announced first.
-- Runs: after an update of a lead's status, unless messaging.announced is set.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.announce_status() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.' || new.status,
    jsonb_strip_nulls(jsonb_build_object('from', old.status, 'to', new.status, 'acknowledgedAt', new.acknowledged_at,
      'acknowledgedBy', new.acknowledged_by)), now());
  return null;
end $$;

revoke all on function messaging.announce_status() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger announce_status after update of status on public.messages
for each row when (old.status is distinct from new.status and coalesce(current_setting('messaging.announced', true), '') = '')
execute function messaging.announce_status();
