-- What only this service knows. Schema messaging is not exposed, and nobody but the service's own roles has rights in it.

create table messaging.business_settings (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  name text check (char_length(name) between 1 and 200),
  -- One that PostgreSQL does not know would stop the digests of all.
  time_zone text not null default 'UTC' check (timezone(time_zone, timestamptz '2000-01-01 00:00:00+00') is not null),
  created_at timestamptz not null default now()
);

create table messaging.business_members (
  business_id uuid not null references public.businesses (id) on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('owner', 'agent', 'viewer')),
  email text,
  created_at timestamptz not null default now(),
  primary key (business_id, user_id)
);
create index business_members_user_id on messaging.business_members (user_id);

create table messaging.api_keys (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  name text not null,
  prefix text not null unique,
  hash bytea not null,
  scopes text[] not null default '{}',
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_keys_business_id on messaging.api_keys (business_id);

-- funnelId itself is the publishable key; this row says where its form is found and whether it is open.
create table messaging.funnel_settings (
  funnel_id uuid primary key references public.funnels (id) on delete cascade,
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,62}$'),
  is_active boolean not null default true,
  title text check (char_length(title) <= 200),
  intro text check (char_length(intro) <= 500),
  created_at timestamptz not null default now()
);

create table messaging.funnel_origins (
  funnel_id uuid not null references public.funnels (id) on delete cascade,
  origin text not null check (origin ~ '^https?://[^/]+$'),
  primary key (funnel_id, origin)
);

-- Several endpoints per business. A disabled one holds its deliveries; it never loses them.
create table messaging.webhook_subscriptions (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  url text not null check (char_length(url) <= 2048),
  event_types text[] not null default '{message.created}',
  headers jsonb not null default '{}' check (jsonb_typeof(headers) = 'object'),
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index webhook_subscriptions_business_id on messaging.webhook_subscriptions (business_id);

-- More than one row per subscription while a secret is being rotated; the newest signs first.
create table messaging.webhook_secrets (
  id uuid primary key default gen_random_uuid(),
  subscription_id uuid not null references messaging.webhook_subscriptions (id) on delete cascade,
  secret text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index webhook_secrets_subscription_id on messaging.webhook_secrets (subscription_id, created_at desc);

-- Append-only. tx orders what committed late: readers take rows with tx below the oldest running transaction.
-- owed counts the deliveries that this event brought into being: the ledger's "accepted", written where leads are.
create table messaging.message_events (
  id bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  message_id uuid references public.messages (id) on delete cascade,
  type text not null check (type ~ '^[a-z]+(\.[a-z_]+)+$'),
  data jsonb not null default '{}',
  owed smallint not null default 0 check (owed >= 0),
  created_at timestamptz not null
);
create index message_events_business_id on messaging.message_events (business_id, tx, id);
create index message_events_message_id on messaging.message_events (message_id, id);

-- The outbox and the tracking in one: a row per cause and target.
create table messaging.deliveries (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  cause text not null check (cause in ('lead', 'event', 'reply', 'digest', 'account', 'test', 'canary', 'receipt')),
  message_id uuid references public.messages (id) on delete cascade,
  event_id bigint references messaging.message_events (id) on delete cascade,
  period text,
  channel text not null check (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  target_id uuid,
  recipient text,
  fallback_of uuid references messaging.deliveries (id) on delete set null,
  attempt_limit smallint check (attempt_limit > 0),
  state text not null default 'pending'
    check (state in ('pending', 'sending', 'held', 'sent', 'delivered', 'failed', 'cancelled')),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null,
  leased_by text,
  lease_until timestamptz,
  provider text,
  provider_ref text,
  outcome_unknown boolean not null default false,
  held_reason text,
  last_error text,
  payload jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  constraint a_lease_goes_with_sending check (
    (state = 'sending') = (lease_until is not null) and (state = 'sending') = (leased_by is not null)),
  constraint held_says_why check ((state = 'held') = (held_reason is not null)),
  constraint a_lead_has_its_message check (cause <> 'lead' or message_id is not null)
) with (fillfactor = 70); -- each row is updated at least twice

create unique index deliveries_of_lead on messaging.deliveries (message_id, target_id)
  where cause = 'lead' and fallback_of is null;
create unique index deliveries_of_event on messaging.deliveries (event_id, cause, target_id) where event_id is not null;
create unique index deliveries_of_digest on messaging.deliveries (business_id, period, channel) where cause = 'digest';
create unique index deliveries_fallback_of on messaging.deliveries (fallback_of, channel) where fallback_of is not null;
-- Whatever somebody should look at: the next attempt of a pending one, the end of the lease of one being sent.
create index deliveries_due on messaging.deliveries (channel, coalesce(lease_until, next_attempt_at))
  where state in ('pending', 'sending');
create index deliveries_message_id on messaging.deliveries (message_id);
create index deliveries_business_id on messaging.deliveries (business_id, created_at desc);
create index deliveries_undelivered on messaging.deliveries (business_id, channel) where state in ('held', 'failed');

-- Append-only: one row per call on the wire.
create table messaging.delivery_attempts (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references messaging.deliveries (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  attempt integer not null check (attempt > 0),
  started_at timestamptz not null,
  duration_ms integer not null check (duration_ms >= 0),
  outcome text not null check (outcome in ('accepted', 'temporary', 'permanent', 'unknown')),
  status_code integer,
  answer text check (octet_length(answer) <= 20480),
  error text
);
create index delivery_attempts_delivery_id on messaging.delivery_attempts (delivery_id, id);
create index delivery_attempts_business_id on messaging.delivery_attempts (business_id);

create table messaging.templates (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  channel text not null,
  name text not null,
  subject text,
  body text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (business_id, channel, name)
);

-- One row per business, kind and period, however many instances run: whoever inserts it, sends the digest.
create table messaging.digest_runs (
  business_id uuid not null references public.businesses (id) on delete cascade,
  kind text not null check (kind in ('daily', 'weekly')),
  period text not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, kind, period),
  check (period_end > period_start)
);

create table messaging.escalation_steps (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  position smallint not null check (position > 0),
  wait interval not null check (wait > interval '0'),
  channel text not null,
  recipient text not null,
  created_at timestamptz not null default now(),
  unique (business_id, position)
);

create table messaging.suppressions (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  channel text not null,
  address text not null,
  reason text not null,
  created_at timestamptz not null default now(),
  unique (business_id, channel, address)
);

create table messaging.sms_usage (
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  country text not null check (country ~ '^[A-Z]{2}$|^001$'),
  messages integer not null default 0 check (messages >= 0),
  parts integer not null default 0 check (parts >= 0),
  cost numeric(12, 4) not null default 0 check (cost >= 0),
  primary key (business_id, day, country)
);

-- What the sandbox caught in development: kept here so that it survives a killed process.
create table messaging.sandbox_messages (
  id bigint generated always as identity primary key,
  channel text not null,
  recipient text not null,
  subject text,
  body text not null,
  html text,
  headers jsonb not null default '{}',
  caught_at timestamptz not null
);
