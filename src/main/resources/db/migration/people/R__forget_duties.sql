-- A person who leaves a business is not on its rota any more, and is not away from it either. A rule that names them keeps the name: its
-- fallback gets the leads, rather than members it does not name.
-- Runs: after a delete of a member.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.forget_duties() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- The owner whose id the business bears is one without a row, too.
  if old.user_id <> old.business_id then
    delete from messaging.rota_shifts s where s.business_id = old.business_id and s.member_id = old.user_id;
    delete from messaging.rota_overrides o where o.business_id = old.business_id and o.member_id = old.user_id;
    delete from messaging.absences a where a.business_id = old.business_id and a.member_id = old.user_id;
  end if;
  return null;
end $$;

revoke all on function messaging.forget_duties() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger forget_duties after delete on messaging.business_members
for each row execute function messaging.forget_duties();
