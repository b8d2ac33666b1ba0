-- What somebody has done to leads can be undone for ten minutes: one row for each change, of one lead or of ten thousand, says how the
-- leads were before. No row is written for a lead that comes in, nor for one that is only opened.
create table messaging.undoable_changes (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- The member or the API key: everybody undoes their own changes only.
  caller_id uuid not null,
  -- Changes of one transaction are one to people, such as the outcome of a phone call that also archives the lead.
  transaction xid8 not null default pg_current_xact_id(),
  made_at timestamptz not null,
  -- By the id of each lead: in "made" its revision after the change, in "revision" the one that it must have to be restored (another once a
  -- later change was undone), and in "was" its columns before. Nothing of what its contact wrote.
  leads jsonb not null
);
create index undoable_changes_caller on messaging.undoable_changes (business_id, caller_id, made_at);
create index undoable_changes_made_at on messaging.undoable_changes (made_at);
alter table messaging.undoable_changes enable row level security, force row level security;
revoke all on messaging.undoable_changes from public, anon, authenticated;
create policy worker_all on messaging.undoable_changes for all to messaging_worker using (true) with check (true);
create policy agent_all on messaging.undoable_changes for all to authenticated
  using (business_id = (select messaging.acting_for('agent'))) with check (business_id = (select messaging.acting_for('agent')));
grant select, delete on messaging.undoable_changes to messaging_worker;
grant select, insert, update (leads) on messaging.undoable_changes to authenticated;
