-- Stored figures of a day are stale once one of its leads is deleted.
-- Runs: after a delete of leads, once per statement; not when the business itself is deleted.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.mark_figures_of_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at)
  select distinct g.business_id, date_trunc('minute', g.created_at)
  from gone g
  where exists (select from public.businesses b where b.id = g.business_id);
  return null;
end $$;

revoke all on function messaging.mark_figures_of_gone() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger mark_figures_of_gone after delete on public.messages
referencing old table as gone for each statement execute function messaging.mark_figures_of_gone();
