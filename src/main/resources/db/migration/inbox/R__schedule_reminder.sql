-- A lead that is put off has a reminder at that time, and none once the time is taken away. A trigger, because the platform may write
-- call_again_at itself.
-- Runs: after an update that changes the time to call a lead again.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.schedule_reminder() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if new.call_again_at is null then
    delete from messaging.reminders r where r.message_id = new.id;
  else
    insert into messaging.reminders as r (message_id, business_id, at, set_by)
    values (new.id, new.business_id, new.call_again_at, case when claims ->> 'role_in_app' is distinct from 'key' then (claims ->> 'sub')::uuid end)
    on conflict (message_id) do update set at = excluded.at, set_by = excluded.set_by;
  end if;
  return null;
end $$;

revoke all on function messaging.schedule_reminder() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger schedule_reminder after update of call_again_at on public.messages
for each row when (old.call_again_at is distinct from new.call_again_at) execute function messaging.schedule_reminder();
