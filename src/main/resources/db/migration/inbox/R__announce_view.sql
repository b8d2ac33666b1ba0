-- How many leads a view has depends on the view: a "view.changed" event makes pages count anew.
-- Runs: after an insert, a delete, or an update of filter or owner of a saved view.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.announce_view() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, type, created_at)
  select b.id, 'view.changed', now() from public.businesses b where b.id = coalesce(new.business_id, old.business_id);
  return null;
end $$;

revoke all on function messaging.announce_view() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger announce_view after insert or delete or update of filter, owner_id on messaging.saved_views
for each row execute function messaging.announce_view();
