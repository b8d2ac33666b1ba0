-- Locks leads, one at a time in one order, so that concurrent outcomes of one lead see each other. Returns the leads that are
-- locked: all of them, or only the free ones when another transaction keeps one for more than 100 ms.
-- Runs: called by show_on_messages().

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.lock_leads(wanted uuid[]) returns uuid[] language plpgsql set search_path = '' set lock_timeout = '100ms' as $$
begin
  -- One at a time per lead, in one order, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = any (wanted) order by m.id for no key update;
  return wanted;
exception when lock_not_available then
  return array(
    select free.id
    from (select m.id from public.messages m where m.id = any (wanted) order by m.id for no key update skip locked) free);
end $$;

revoke all on function messaging.lock_leads(uuid[]) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
