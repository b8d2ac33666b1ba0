-- Stored figures of a past day are stale once a delivery of one of its leads changes its state or a fallback is added.
-- Runs: after an insert of a fallback delivery, and after an update of the state of a delivery of a lead, when the lead is older
-- than 12 hours.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.mark_figures_of_delivery() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at)
  select m.business_id, m.created_at from public.messages m
  where m.id = new.message_id and m.created_at < greatest(now(), new.updated_at) - interval '12 hours';
  return null;
end $$;

revoke all on function messaging.mark_figures_of_delivery() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger mark_figures_of_new_way after insert on messaging.deliveries
for each row when (new.cause = 'lead' and new.fallback_of is not null)
execute function messaging.mark_figures_of_delivery();

create or replace trigger mark_figures_of_delivery after update of state on messaging.deliveries
for each row when (new.cause = 'lead' and old.state <> new.state
  and (new.fallback_of is not null or new.created_at < greatest(now(), new.updated_at) - interval '12 hours'))
execute function messaging.mark_figures_of_delivery();
