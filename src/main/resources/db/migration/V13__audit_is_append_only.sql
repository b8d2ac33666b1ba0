-- What stands in the audit trail stays there: nobody has the right to change it, and whoever had it would be refused as well.
-- Only with its business does it go.

create function messaging.refuse_to_forget() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    if not exists (select from public.businesses b where b.id = old.business_id) then
      return old;
    end if;
  end if;
  raise exception 'messaging.audit_entries is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger stays before update or delete on messaging.audit_entries
for each row execute function messaging.refuse_to_forget();
create trigger stays_whole before truncate on messaging.audit_entries
for each statement execute function messaging.refuse_to_forget();

revoke all on function messaging.refuse_to_forget() from public, anon, authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.refuse_to_forget() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
