-- The audit trail is append-only: nobody has the right to change it, and a person who had it would be refused. Entries are deleted
-- only with their business.
-- Runs: before an update, delete or truncate of messaging.audit_entries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.refuse_to_forget() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    if not exists (select from public.businesses b where b.id = old.business_id) then
      return old;
    end if;
  end if;
  raise exception 'messaging.audit_entries is append-only' using errcode = 'insufficient_privilege';
end $$;

revoke all on function messaging.refuse_to_forget() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger stays before update or delete on messaging.audit_entries
for each row execute function messaging.refuse_to_forget();

create or replace trigger stays_whole before truncate on messaging.audit_entries
for each statement execute function messaging.refuse_to_forget();
