-- The settings of a business say whether it has set opening hours or holidays (keeps_hours), so that accepting a lead of a business
-- without them looks for none.
-- Runs: after every change of the opening hours or holidays of a business.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.keep_hours() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.business_settings s
  set keeps_hours = now.keeps
  from (
    select exists (select from messaging.business_hours h where h.business_id = coalesce(new.business_id, old.business_id))
      or exists (select from messaging.business_holidays d where d.business_id = coalesce(new.business_id, old.business_id)) as keeps) now
  where s.business_id = coalesce(new.business_id, old.business_id) and s.keeps_hours <> now.keeps;
  return null;
end $$;

revoke all on function messaging.keep_hours() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger keep_hours after insert or update or delete on messaging.business_hours
for each row execute function messaging.keep_hours();

create or replace trigger keep_hours after insert or update or delete on messaging.business_holidays
for each row execute function messaging.keep_hours();
