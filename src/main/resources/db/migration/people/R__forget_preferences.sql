-- A person who leaves a business is not notified any more; who comes back starts with the default preferences and no address.
-- Runs: after a delete of a member.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.forget_preferences() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from messaging.personal_preferences p where p.business_id = old.business_id and p.person_id = old.user_id;
  delete from messaging.push_devices d where d.business_id = old.business_id and d.person_id = old.user_id;
  delete from messaging.member_addresses a where a.business_id = old.business_id and a.user_id = old.user_id;
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = 'Cancelled because the member has left', ended_at = now(), updated_at = now()
  where d.business_id = old.business_id and d.member_id = old.user_id and d.state in ('pending', 'held');
  delete from messaging.confirmations c where c.business_id = old.business_id and c.member_id = old.user_id;
  return null;
end $$;

revoke all on function messaging.forget_preferences() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger forget_preferences after delete on messaging.business_members
for each row execute function messaging.forget_preferences();
