-- A lead shows the state of its deliveries (email_status, sms_status, unreached_since), whoever changes them. One statement for
-- all rows of an update. A lead that is locked for more than 100 ms is noted in unshown_changes, and a timer shows it later.
-- Runs: after every update of messaging.deliveries, once per statement.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_on_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved uuid[];
  free uuid[];
  at timestamptz;
begin
  select array_agg(distinct n.message_id order by n.message_id), max(n.updated_at) into moved, at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.cause = 'lead'
    and (messaging.shown_status(n.state) <> messaging.shown_status(o.state) or n.outcome_unknown <> o.outcome_unknown
      or (n.receipt_due_at is null) <> (o.receipt_due_at is null))
    and not exists (select from public.messages m where m.id = n.message_id and m.quarantined_at is not null and m.status = 'archived')
    and (n.channel in ('email', 'sms') or n.state in ('failed', 'cancelled', 'unknown')
      or exists (select from public.messages m where m.id = n.message_id and m.unreached_since is not null));
  if moved is null then
    return null;
  end if;
  free := messaging.lock_leads(moved);
  insert into messaging.unshown_changes (message_id, delivery_id)
  select n.message_id, n.id from new_rows n where n.cause = 'lead' and n.message_id = any (moved) and n.message_id <> all (free);
  perform messaging.show_deliveries(free, at);
  return null;
end $$;

revoke all on function messaging.show_on_messages() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger show_on_messages after update on messaging.deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function messaging.show_on_messages();
