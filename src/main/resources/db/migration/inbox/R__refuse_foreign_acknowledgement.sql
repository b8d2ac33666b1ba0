-- Nobody acknowledges a lead in a colleague's name. The API writes the caller's own id; this is for people who write the table
-- directly through the platform.
-- Runs: before such an update that changes acknowledged_by_member.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.refuse_foreign_acknowledgement() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.acknowledged_by_member <> (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid then
    raise exception 'Acknowledge in your own name: acknowledged_by_member is your own id, or null.' using errcode = '42501';
  end if;
  return new;
end $$;

revoke all on function messaging.refuse_foreign_acknowledgement() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger refuse_foreign_acknowledgement before update on public.messages for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null
  and new.acknowledged_by_member is distinct from old.acknowledged_by_member)
execute function messaging.refuse_foreign_acknowledgement();
