-- Analytics say more about a lead: whether somebody was notified and reached, whether its deadline was met, whose it is, and where it came
-- from. All of that is stored per day like the other counts.

alter table messaging.lead_figures
  add column notified integer not null default 0,
  add column reached integer not null default 0,
  add column sla_met integer not null default 0,
  add column sla_missed integer not null default 0,
  -- The first deadline of these leads that was still ahead when they were counted. Once it is over, the day is counted anew.
  add column next_due timestamptz;
create index lead_figures_next_due on messaging.lead_figures (business_id, next_due) where next_due is not null;

-- A row holds the seconds of one member's leads now, so that response times of a person need no rows of their own.
alter table messaging.response_figures add column member_id uuid;

-- The leads of a day by one more property. A value is null for leads without it.
create table messaging.breakdown_figures (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  funnel_id uuid,
  priority text,
  dimension text not null check (dimension in ('member', 'source', 'campaign', 'outcome')),
  value text,
  received integer not null,
  held integer not null,
  notified integer not null,
  acknowledged integer not null,
  responded integer not null,
  reached integer not null,
  sla_met integer not null,
  sla_missed integer not null
);
create index breakdown_figures_business_id on messaging.breakdown_figures (business_id, day);

alter table messaging.breakdown_figures enable row level security, force row level security;
create policy worker_all on messaging.breakdown_figures for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.breakdown_figures for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
revoke all on messaging.breakdown_figures from public, anon, authenticated;
revoke all on sequence messaging.breakdown_figures_id_seq from public, anon, authenticated;
grant select on messaging.breakdown_figures to authenticated;
grant select, insert, delete on messaging.breakdown_figures to messaging_worker;

-- What lead_figures_of() calls; each has its file too.
create function messaging.lead_source(metadata jsonb, name text) returns text language sql immutable parallel safe as $$
  select nullif(left(lower(btrim(coalesce(metadata ->> name, metadata -> 'form' ->> name))), 100), '')
$$;

create function messaging.lead_sla(acknowledged_at timestamptz, archived_at timestamptz, due_at timestamptz, moment timestamptz)
returns text language sql immutable parallel safe as $$
  select case
    when acknowledged_at <= due_at then 'met'
    when coalesce(acknowledged_at, archived_at, moment) > due_at then 'missed' end
$$;

-- It returns more columns from here on. Those of before keep their names and meaning for the older version that still runs.
drop function messaging.lead_figures_of(uuid, text, jsonb, date, date, timestamptz);

-- Stored days are counted anew in the background; until then they are counted on request.
set local role messaging_worker;
update messaging.figures_kept set basis = null;
set local role none;

-- The demo seeds leads that were worked on, so that analytics have something to show. Intake may already add leads in every status.
grant insert (assigned_to, acknowledged_by_member, call_outcome) on public.messages to messaging_intake;
