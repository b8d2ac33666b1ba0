-- What the delivery engine needs to be fair, to start a schedule anew, and to try another way.

alter table messaging.deliveries
  -- Deliveries of one lane go to one place: they share its limits, and stand in one queue.
  add column lane uuid not null generated always as (coalesce(target_id, business_id)) stored,
  -- Attempts only grow; a retry by hand begins the schedule anew at this count.
  add column attempts_before integer not null default 0 check (attempts_before between 0 and attempts),
  -- Nobody knows whether it arrived: until then a receipt may tell, after that it goes to the fallback channel.
  add column receipt_due_at timestamptz;

-- One moment says when somebody should look at a delivery again; the lanes before it can be walked without reading them.
drop index messaging.deliveries_due;
create index deliveries_due on messaging.deliveries (channel, business_id, lane, coalesce(lease_until, next_attempt_at))
  where state in ('pending', 'sending');
create index deliveries_leases on messaging.deliveries (lease_until) where state = 'sending';
create index deliveries_held on messaging.deliveries (lane, created_at) where state = 'held';
create index deliveries_receipt_due on messaging.deliveries (receipt_due_at) where receipt_due_at is not null;
create unique index deliveries_of_account on messaging.deliveries (business_id, period, channel) where cause = 'account';
drop index messaging.deliveries_business_id;
create index deliveries_business_id on messaging.deliveries (business_id, created_at desc, id desc);

-- An attempt goes with its delivery; a key of its own would cost two looks per call on the wire.
alter table messaging.delivery_attempts
  add column provider text,
  drop constraint delivery_attempts_business_id_fkey;
drop index messaging.delivery_attempts_business_id;

alter table messaging.webhook_subscriptions
  add column description text check (char_length(description) <= 200),
  -- Since when every attempt has failed; null after a success.
  add column failing_since timestamptz,
  -- How fast it gets what was held for it, once it is enabled again.
  add column drain_per_minute integer not null default 600 check (drain_per_minute between 1 and 60000);

-- When a delivery of a lead has failed on one channel, the first of these that the lead is not yet on is tried.
create table messaging.fallbacks (
  business_id uuid not null references public.businesses (id) on delete cascade,
  channel text not null check (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  position smallint not null check (position > 0),
  fallback text not null check (fallback ~ '^[a-z][a-z0-9-]{1,30}$'),
  primary key (business_id, channel, position),
  unique (business_id, channel, fallback),
  check (channel <> fallback)
);

-- Since when every way to the business has ended without proof that one arrived; null while one is open or has.
alter table public.messages add column if not exists unreached_since timestamptz;
create index if not exists messages_unreached on public.messages (business_id, unreached_since) where unreached_since is not null;

-- Default privileges may have said otherwise.
revoke all on messaging.fallbacks from public, anon, authenticated;
alter table messaging.fallbacks enable row level security, force row level security;
create policy worker_all on messaging.fallbacks for all to messaging_worker using (true) with check (true);
grant select on messaging.fallbacks to messaging_worker;
grant update (unreached_since) on public.messages to messaging_worker;
grant insert (unreached_since) on public.messages to messaging_intake;
