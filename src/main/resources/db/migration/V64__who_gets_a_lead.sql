-- Who gets a new lead: a rule of the business, which a funnel may replace by its own, a weekly rota with exceptions for dates, and the
-- members who are away. A business without a rule has no row here, and nothing is done for its leads.

create table messaging.assignment_rules (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- Null for all funnels that have no rule of their own.
  funnel_id uuid references public.funnels (id) on delete cascade,
  rule text not null check (rule in ('nobody', 'member', 'round_robin', 'least_loaded', 'on_duty')),
  -- Whom the rule chooses among; empty for every owner and agent.
  member_ids uuid[] not null default '{}' check (cardinality(member_ids) <= 100 and array_position(member_ids, null) is null),
  -- Who gets a lead while none of them is there.
  fallback text not null check (fallback in ('owners', 'nobody')),
  reassign_after_minutes integer check (reassign_after_minutes between 1 and 1440),
  -- Who got the last lead by this rule: the next in turn comes behind.
  last_member_id uuid,
  updated_at timestamptz not null,
  check (rule <> 'member' or cardinality(member_ids) = 1),
  unique nulls not distinct (business_id, funnel_id)
);
create index assignment_rules_funnel_id on messaging.assignment_rules (funnel_id) where funnel_id is not null;
alter table messaging.assignment_rules enable row level security, force row level security;
revoke all on messaging.assignment_rules from public, anon, authenticated;
create policy worker_all on messaging.assignment_rules for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.assignment_rules for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.assignment_rules for insert to authenticated with check (business_id = (select messaging.acting_for('owner')));
create policy owner_changes on messaging.assignment_rules for update to authenticated
  using (business_id = (select messaging.acting_for('owner'))) with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.assignment_rules for delete to authenticated using (business_id = (select messaging.acting_for('owner')));
grant select, delete on messaging.assignment_rules to authenticated;
grant insert (business_id, funnel_id, rule, member_ids, fallback, reassign_after_minutes, updated_at),
  update (rule, member_ids, fallback, reassign_after_minutes, updated_at) on messaging.assignment_rules to authenticated;
grant select, update (last_member_id) on messaging.assignment_rules to messaging_worker;

-- The businesses with a rule, and up to which of their events the leads have been assigned. Whoever assigns locks the row.
create table messaging.assignment_positions (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  tx xid8 not null,
  event_id bigint not null default 0
);
alter table messaging.assignment_positions enable row level security, force row level security;
revoke all on messaging.assignment_positions from public, anon, authenticated;
create policy worker_all on messaging.assignment_positions for all to messaging_worker using (true) with check (true);
grant select, insert, delete, update (tx, event_id) on messaging.assignment_positions to messaging_worker;

-- Leads that go to the next member if the one who has them does not act.
create table messaging.reassignments (
  message_id uuid primary key references public.messages (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  member_id uuid not null,
  due_at timestamptz not null,
  -- Who had the lead so far.
  tried uuid[] not null
);
create index reassignments_business_id on messaging.reassignments (business_id, due_at);
alter table messaging.reassignments enable row level security, force row level security;
revoke all on messaging.reassignments from public, anon, authenticated;
create policy worker_all on messaging.reassignments for all to messaging_worker using (true) with check (true);
grant select, insert, delete, update (member_id, due_at, tried) on messaging.reassignments to messaging_worker;

-- Who is on duty in a usual week, by the clock of the business.
create table messaging.rota_shifts (
  business_id uuid not null references public.businesses (id) on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null check (ends > starts),
  member_id uuid not null,
  primary key (business_id, weekday, starts)
);
alter table messaging.rota_shifts enable row level security, force row level security;
revoke all on messaging.rota_shifts from public, anon, authenticated;
create policy worker_all on messaging.rota_shifts for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.rota_shifts for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.rota_shifts for insert to authenticated with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.rota_shifts for delete to authenticated using (business_id = (select messaging.acting_for('owner')));
grant select, insert, delete on messaging.rota_shifts to authenticated;
grant select, delete on messaging.rota_shifts to messaging_worker;

-- What holds on a date instead of the usual week, between these times: another member, or nobody.
create table messaging.rota_overrides (
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  starts time not null,
  ends time not null check (ends > starts),
  member_id uuid,
  primary key (business_id, day, starts)
);
alter table messaging.rota_overrides enable row level security, force row level security;
revoke all on messaging.rota_overrides from public, anon, authenticated;
create policy worker_all on messaging.rota_overrides for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.rota_overrides for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.rota_overrides for insert to authenticated with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.rota_overrides for delete to authenticated using (business_id = (select messaging.acting_for('owner')));
grant select, insert, delete on messaging.rota_overrides to authenticated;
grant select, delete on messaging.rota_overrides to messaging_worker;

-- When a member is away; not on the membership, because the owner whose id the business bears may have no row there.
create table messaging.absences (
  business_id uuid not null references public.businesses (id) on delete cascade,
  member_id uuid not null,
  starts_at timestamptz not null,
  -- Null until the member ends it.
  ends_at timestamptz check (ends_at > starts_at),
  primary key (business_id, member_id)
);
alter table messaging.absences enable row level security, force row level security;
revoke all on messaging.absences from public, anon, authenticated;
create policy worker_all on messaging.absences for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.absences for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy caller_adds on messaging.absences for insert to authenticated with check (
  business_id = (select messaging.acting_for('key')) or business_id = (select messaging.acting_for('agent')) and member_id = (select messaging.calling_person()));
create policy caller_changes on messaging.absences for update to authenticated using (
  business_id = (select messaging.acting_for('key')) or business_id = (select messaging.acting_for('agent')) and member_id = (select messaging.calling_person()));
create policy caller_deletes on messaging.absences for delete to authenticated using (
  business_id = (select messaging.acting_for('key')) or business_id = (select messaging.acting_for('agent')) and member_id = (select messaging.calling_person()));
grant select, insert, delete, update (starts_at, ends_at) on messaging.absences to authenticated;
grant select, delete on messaging.absences to messaging_worker;
