-- The events of a business are looked at for leads to escalate while it has a policy that is switched on. A trigger, so that the cursor
-- and the policies never disagree.
-- Runs: after an insert or delete of an escalation policy, and after an update that switches one.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.keep_escalation_cursor() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  business uuid := coalesce(new.business_id, old.business_id);
begin
  if exists (select from messaging.escalation_policies p where p.business_id = business and p.is_active) then
    -- A lead whose transaction is still under way is among those that follow.
    insert into messaging.escalation_cursors (business_id, tx) values (business, messaging.place_of(pg_snapshot_xmin(pg_current_snapshot())))
    on conflict do nothing;
  else
    delete from messaging.escalation_cursors c where c.business_id = business;
  end if;
  return null;
end $$;

revoke all on function messaging.keep_escalation_cursor() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger keep_escalation_cursor after insert or delete or update of is_active on messaging.escalation_policies
for each row execute function messaging.keep_escalation_cursor();
