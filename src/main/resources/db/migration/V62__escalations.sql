-- Escalation: a lead that nobody acts on is passed from person to person. A policy says who is notified and when; a due row per lead says
-- what comes next. A business without a policy has no cursor, and costs nothing.

create table messaging.escalation_policies (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- The first policy that matches a lead is the one that holds for it.
  position smallint not null check (position > 0),
  name text not null check (char_length(name) between 1 and 100),
  -- Empty: all of them.
  priorities text[] not null default '{}' check (priorities <@ array['low', 'medium', 'high', 'urgent']),
  funnel_ids uuid[] not null default '{}' check (cardinality(funnel_ids) <= 100),
  open_hours_only boolean not null default false,
  -- Seconds let a person watch a policy in the sandbox.
  unit text not null default 'minutes' check (unit in ('minutes', 'seconds')),
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 1 and 10),
  repeats smallint not null default 0 check (repeats between 0 and 10),
  repeat_after integer not null default 15 check (repeat_after between 1 and 10080),
  is_active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (unit = 'minutes' or not open_hours_only)
);
create index escalation_policies_business_id on messaging.escalation_policies (business_id, position);
alter table messaging.escalation_policies enable row level security, force row level security;
revoke all on messaging.escalation_policies from public, anon, authenticated;
create policy worker_all on messaging.escalation_policies for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.escalation_policies for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.escalation_policies for insert to authenticated with check (business_id = (select messaging.acting_for('owner')));
create policy owner_changes on messaging.escalation_policies for update to authenticated
  using (business_id = (select messaging.acting_for('owner'))) with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.escalation_policies for delete to authenticated using (business_id = (select messaging.acting_for('owner')));
grant select, insert on messaging.escalation_policies to messaging_worker;
grant select, insert, delete on messaging.escalation_policies to authenticated;
grant update (position, name, priorities, funnel_ids, open_hours_only, unit, steps, repeats, repeat_after, is_active, updated_at)
  on messaging.escalation_policies to authenticated;

-- Up to which transaction the events of a business have been looked at for leads to escalate.
create table messaging.escalation_cursors (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  tx xid8 not null
);
alter table messaging.escalation_cursors enable row level security, force row level security;
revoke all on messaging.escalation_cursors from public, anon, authenticated;
create policy worker_all on messaging.escalation_cursors for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.escalation_cursors to messaging_worker;

create table messaging.escalations (
  message_id uuid primary key references public.messages (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  policy_id uuid not null,
  -- As the policy was when the escalation began: a later change holds for later leads.
  policy jsonb not null,
  -- The event that began it, or began it anew.
  event_id bigint not null,
  -- The next step of the round, from 0; the number of steps where the round is over.
  step smallint not null default 0 check (step >= 0),
  round smallint not null default 0 check (round >= 0),
  -- The steps of a round count from here.
  base_at timestamptz not null,
  next_at timestamptz,
  ended_because text check (ended_because in ('acted', 'finished', 'policy-removed')),
  -- Why the last step failed, for an operator; tried again after a minute.
  last_error text,
  started_at timestamptz not null,
  check ((next_at is null) = (ended_because is not null))
);
create index escalations_next_at on messaging.escalations (next_at) where next_at is not null;
create index escalations_business_id on messaging.escalations (business_id);
alter table messaging.escalations enable row level security, force row level security;
revoke all on messaging.escalations from public, anon, authenticated;
create policy worker_all on messaging.escalations for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.escalations for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, update on messaging.escalations to messaging_worker;
grant select (message_id, business_id, policy, step, round, base_at, next_at, ended_because, started_at) on messaging.escalations to authenticated;
