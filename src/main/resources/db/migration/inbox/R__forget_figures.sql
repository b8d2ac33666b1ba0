-- Figures that were counted by another time zone or other opening hours are counted anew.
-- Runs: after an update of a business's time zone, after its first settings when they name a zone other than UTC, and after every
-- change of its opening hours or holidays.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.forget_figures() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.figures_kept k set basis = null where k.business_id = coalesce(new.business_id, old.business_id);
  return null;
end $$;

revoke all on function messaging.forget_figures() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger forget_figures after update of time_zone on messaging.business_settings
for each row when (old.time_zone <> new.time_zone) execute function messaging.forget_figures();

create or replace trigger forget_figures_first after insert on messaging.business_settings
for each row when (new.time_zone <> 'UTC') execute function messaging.forget_figures();

create or replace trigger forget_figures after insert or update or delete on messaging.business_hours
for each row execute function messaging.forget_figures();

create or replace trigger forget_figures after insert or update or delete on messaging.business_holidays
for each row execute function messaging.forget_figures();
