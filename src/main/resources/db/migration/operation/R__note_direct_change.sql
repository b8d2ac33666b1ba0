-- Changes that a person makes directly through the platform are audited as well: fields by name, never their values. The service
-- always says for which business it acts, and writes its own audit entries.
-- Runs: after an update of a lead, and after an insert, update or delete of a channel or a notification preference, when the role is
-- authenticated and no business is chosen.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.note_direct_change() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row jsonb := coalesce(became, was);
  fields jsonb;
begin
  select coalesce(jsonb_agg(key order by key), '[]') into fields
  from jsonb_object_keys(row) key
  where key <> 'updated_at' and (became -> key) is distinct from (was -> key);
  if fields <> '[]' then
    insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
    values ((row ->> 'business_id')::uuid, statement_timestamp(), 'person', person,
      coalesce((select m.email from messaging.business_members m where m.business_id = (row ->> 'business_id')::uuid and m.user_id = person),
        'Person ' || person, 'Unknown'),
      'directChange', row ->> 'id', jsonb_build_object('table', tg_table_name, 'operation', lower(tg_op), 'fields', fields));
  end if;
  return null;
end $$;

revoke all on function messaging.note_direct_change() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger note_direct_change after update on public.messages for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();

create or replace trigger note_direct_change after insert or update or delete on public.message_channels for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();

create or replace trigger note_direct_change after insert or update or delete on public.notification_preferences for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();
