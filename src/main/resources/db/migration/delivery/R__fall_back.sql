-- When a delivery of a lead ends without success, the next channel of the business takes over. A lead that is locked is noted in
-- unshown_changes, and a timer does it later.
-- Runs: after an update that makes a delivery of a lead, reply or notification failed, or whose overdue receipt leaves it unknown.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.fall_back() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from public.messages m where m.id = new.message_id for no key update skip locked;
  if found then
    perform messaging.pass_on(new);
  else
    insert into messaging.unshown_changes (message_id, delivery_id, has_failed) values (new.message_id, new.id, true);
  end if;
  return null;
end $$;

revoke all on function messaging.fall_back() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger fall_back after update of state, receipt_due_at on messaging.deliveries
for each row when (
  new.cause in ('lead', 'reply', 'notification')
  and (new.state = 'failed' and old.state <> 'failed'
    or new.state = 'unknown' and new.receipt_due_at is null and (old.state <> 'unknown' or old.receipt_due_at is not null)))
execute function messaging.fall_back();
