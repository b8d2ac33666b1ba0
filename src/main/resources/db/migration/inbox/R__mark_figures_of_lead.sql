-- Stored figures of a past day are stale once one of its leads changes. Days are stored from the second day on, so younger leads mark
-- nothing, and intake pays nothing.
-- Runs: after an insert of a lead that is older than 12 hours, and after an update of such a lead that figures depend on.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.mark_figures_of_lead() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at) values (new.business_id, new.created_at);
  if tg_op = 'UPDATE' and old.created_at <> new.created_at then
    insert into messaging.figures_stale (business_id, at) values (new.business_id, old.created_at);
  end if;
  return null;
end $$;

revoke all on function messaging.mark_figures_of_lead() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger mark_figures_of_old_lead after insert on public.messages
for each row when (new.created_at < greatest(now(), new.updated_at) - interval '12 hours')
execute function messaging.mark_figures_of_lead();

create or replace trigger mark_figures_of_lead after update on public.messages
for each row when (least(old.created_at, new.created_at) < greatest(now(), new.updated_at) - interval '12 hours' and (
  old.acknowledged_at is distinct from new.acknowledged_at or old.responded_at is distinct from new.responded_at
  or old.priority is distinct from new.priority or old.funnel_id is distinct from new.funnel_id or old.created_at <> new.created_at
  or old.quarantined_at is distinct from new.quarantined_at or old.type is distinct from new.type
  or old.due_at is distinct from new.due_at or old.assigned_to is distinct from new.assigned_to
  or old.call_outcome is distinct from new.call_outcome or old.metadata is distinct from new.metadata
  -- When a lead was archived tells whether it missed its deadline only if nobody acknowledged it.
  or new.acknowledged_at is null and old.archived_at is distinct from new.archived_at))
execute function messaging.mark_figures_of_lead();
