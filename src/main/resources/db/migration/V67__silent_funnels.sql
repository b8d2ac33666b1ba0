-- Funnels that usually get leads and have gone quiet: since when, how many leads usually come in that time, and when that was last looked at.
-- A row goes with the next lead.
create table messaging.silences (
  funnel_id uuid primary key references public.funnels (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  since timestamptz not null,
  expected numeric(12, 1) not null check (expected > 0),
  checked_at timestamptz not null
);
create index silences_business_id on messaging.silences (business_id);
alter table messaging.silences enable row level security, force row level security;
revoke all on messaging.silences from public, anon, authenticated;
create policy worker_all on messaging.silences for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.silences for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, update, delete on messaging.silences to messaging_worker;
grant select on messaging.silences to authenticated;
