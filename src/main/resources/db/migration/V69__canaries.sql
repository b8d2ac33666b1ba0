-- Canaries: synthetic leads of the service itself. Each row is one, with what became of it; all but the newest are deleted after a day. The
-- newest also says which business and funnel they have: no other table marks them.
create table messaging.canaries (
  id uuid primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  funnel_id uuid not null references public.funnels (id) on delete cascade,
  -- The channels by which it has to arrive.
  channels text[] not null,
  started_at timestamptz not null,
  -- What the HTTP intake responded; the lead is there as long as it is not deleted.
  message_id uuid,
  response text,
  ended_at timestamptz,
  -- The first step that did not happen in time: accepted, stored, or a channel. Null where all did. A canary that does not go by SMS does
  -- not end an outage of SMS: it has the step and the beginning of the one before.
  missing text,
  reason text,
  outage_since timestamptz,
  -- Seconds until each channel had it.
  seconds jsonb not null default '{}',
  check ((missing is null) = (outage_since is null))
);
create index canaries_business_id on messaging.canaries (business_id, started_at);
create index canaries_funnel_id on messaging.canaries (funnel_id);
create index canaries_started_at on messaging.canaries (started_at);
alter table messaging.canaries enable row level security, force row level security;
revoke all on messaging.canaries from public, anon, authenticated;
create policy worker_all on messaging.canaries for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.canaries to messaging_worker;

-- The targets of canaries follow the settings; the channels of every other business stay out of the worker's reach.
create policy messaging_worker_sets_up_canaries on public.message_channels for update to messaging_worker
  using (business_id in (select c.business_id from messaging.canaries c))
  with check (business_id in (select c.business_id from messaging.canaries c));
grant update (config, is_enabled, updated_at) on public.message_channels to messaging_worker;
