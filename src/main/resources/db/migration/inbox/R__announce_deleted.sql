-- Deleted leads disappear from open pages: one "messages.deleted" event per business says how many, not who they were.
-- Runs: after a delete of leads, once per statement; not when the business itself is deleted.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.announce_deleted() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, type, data, created_at)
  select g.business_id, 'messages.deleted', jsonb_build_object('count', count(*)), now()
  from gone g
  where exists (select from public.businesses b where b.id = g.business_id)
  group by g.business_id;
  return null;
end $$;

revoke all on function messaging.announce_deleted() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger announce_deleted after delete on public.messages
referencing old table as gone for each statement execute function messaging.announce_deleted();
