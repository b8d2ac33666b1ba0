-- No lead stays assigned to a person who cannot answer it. A trigger, because members go in several ways.
-- Runs: after a delete of a member, and after an update that makes a member a viewer. Not for the owner, and not when the business
-- itself is deleted.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.hand_leads_back() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Whoever has the business's own id is its owner, whatever a row says; and the leads of a business that goes, go with it.
  if old.user_id <> old.business_id and exists (select from public.businesses b where b.id = old.business_id) then
    perform messaging.unassign(old.business_id, old.user_id, case tg_op when 'DELETE' then 'member-removed' else 'member-may-only-look' end);
  end if;
  return null;
end $$;

revoke all on function messaging.hand_leads_back() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger hand_leads_back after delete on messaging.business_members
for each row execute function messaging.hand_leads_back();

create or replace trigger hand_leads_of_viewer_back after update of role on messaging.business_members
for each row when (new.role = 'viewer' and old.role <> 'viewer') execute function messaging.hand_leads_back();
