-- The five tables that the platform knows, in public. businesses and funnels are the platform's own where they exist:
-- then nothing about them changes, and only businesses.id, funnels.id and funnels.business_id are relied on.
-- Where they are made here the worker may add to them: without a platform, this service is where a business begins.

do $$
begin
  if to_regclass('public.businesses') is null then
    create table public.businesses (
      id uuid primary key default gen_random_uuid(),
      name text not null check (char_length(name) between 1 and 200),
      created_at timestamptz not null default now()
    );
    revoke all on public.businesses from public, anon, authenticated;
    grant select on public.businesses to authenticated;
    alter table public.businesses enable row level security, force row level security;
    grant insert on public.businesses to messaging_worker;
    create policy messaging_worker_adds on public.businesses for insert to messaging_worker with check (true);
    create policy owner_reads on public.businesses for select to authenticated using (id = (select auth.uid()));
  end if;

  if to_regclass('public.funnels') is null then
    create table public.funnels (
      id uuid primary key default gen_random_uuid(),
      business_id uuid not null references public.businesses (id) on delete cascade,
      name text not null check (char_length(name) between 1 and 200),
      created_at timestamptz not null default now()
    );
    create index funnels_business_id on public.funnels (business_id);
    revoke all on public.funnels from public, anon, authenticated;
    grant select on public.funnels to authenticated;
    alter table public.funnels enable row level security, force row level security;
    grant insert on public.funnels to messaging_worker;
    create policy messaging_worker_adds on public.funnels for insert to messaging_worker with check (true);
    create policy owner_reads on public.funnels for select to authenticated using (business_id = (select auth.uid()));
  end if;

  if to_regclass('public.messages') is null then
    create table public.messages (
      id uuid primary key default gen_random_uuid(),
      funnel_id uuid references public.funnels (id) on delete set null,
      business_id uuid not null references public.businesses (id) on delete cascade,
      type text not null default 'callback_request'
        check (type in ('callback_request', 'system', 'notification', 'reminder')),
      contact_name text check (char_length(contact_name) between 1 and 100),
      contact_phone text check (char_length(contact_phone) <= 40),
      contact_email text check (char_length(contact_email) <= 254),
      subject text check (char_length(subject) <= 200),
      message text check (char_length(message) <= 2000),
      priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
      status text not null default 'unread' check (status in ('unread', 'read', 'acknowledged', 'responded', 'archived')),
      acknowledged_at timestamptz,
      acknowledged_by uuid references public.businesses (id) on delete set null,
      email_sent_at timestamptz,
      sms_sent_at timestamptz,
      email_status text check (email_status in ('pending', 'sent', 'delivered', 'failed')),
      sms_status text check (sms_status in ('pending', 'sent', 'delivered', 'failed')),
      metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    ) with (fillfactor = 80); -- room for the status updates to stay on their page
    revoke all on public.messages from public, anon, authenticated;
    grant select on public.messages to authenticated;
    grant update (status, acknowledged_at, acknowledged_by, priority) on public.messages to authenticated;
    create policy owner_reads on public.messages for select to authenticated using (business_id = (select auth.uid()));
    create policy owner_updates on public.messages for update to authenticated
      using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
    alter table public.messages force row level security;
  end if;

  if to_regclass('public.message_channels') is null then
    create table public.message_channels (
      id uuid primary key default gen_random_uuid(),
      business_id uuid not null references public.businesses (id) on delete cascade,
      channel_type text not null,
      config jsonb not null default '{}' check (jsonb_typeof(config) = 'object'),
      is_enabled boolean not null default true,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (business_id, channel_type)
    );
    revoke all on public.message_channels from public, anon, authenticated;
    grant select, insert, update, delete on public.message_channels to authenticated;
    grant insert on public.message_channels to messaging_worker;
    create policy messaging_worker_adds on public.message_channels for insert to messaging_worker with check (true);
    create policy owner_all on public.message_channels for all to authenticated
      using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
    alter table public.message_channels force row level security;
  end if;

  if to_regclass('public.notification_preferences') is null then
    create table public.notification_preferences (
      id uuid primary key default gen_random_uuid(),
      business_id uuid not null unique references public.businesses (id) on delete cascade,
      show_badge boolean not null default true,
      show_toast boolean not null default true,
      email_new_messages boolean not null default true,
      email_daily_summary boolean not null default true,
      email_weekly_summary boolean not null default true,
      sms_urgent_only boolean not null default false,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    revoke all on public.notification_preferences from public, anon, authenticated;
    grant select, insert, update on public.notification_preferences to authenticated;
    grant insert on public.notification_preferences to messaging_worker;
    create policy messaging_worker_adds on public.notification_preferences for insert to messaging_worker with check (true);
    create policy owner_all on public.notification_preferences for all to authenticated
      using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
    alter table public.notification_preferences force row level security;
  end if;
end $$;

-- A platform that made the table itself has the columns it knows; these are ours.
alter table public.messages
  add column if not exists contact_phone_e164 text check (contact_phone_e164 ~ '^\+[1-9][0-9]{1,14}$'),
  add column if not exists acknowledged_by_member uuid,
  add column if not exists quarantined_at timestamptz,
  add column if not exists quarantine_reason text;
create index if not exists messages_funnel_id on public.messages (funnel_id, created_at desc);
create index if not exists messages_business_id on public.messages (business_id, created_at desc, id);
create index if not exists messages_waiting on public.messages (business_id, created_at) where status in ('unread', 'read');
create index if not exists messages_acknowledged_by on public.messages (acknowledged_by) where acknowledged_by is not null;

-- Which channel types exist is known from the configuration (channels.*), not from a list in the database.
do $$
declare
  closed record;
begin
  for closed in
    select c.conname from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
    where c.conrelid = 'public.message_channels'::regclass and c.contype = 'c' and a.attname = 'channel_type'
  loop
    execute format('alter table public.message_channels drop constraint %I', closed.conname);
  end loop;
end $$;
alter table public.message_channels
  add constraint message_channels_channel_type_check check (channel_type ~ '^[a-z][a-z0-9-]{1,30}$');

-- Not forced where the platform made them: functions of its own may count on the owner's view.
alter table public.messages enable row level security;
alter table public.message_channels enable row level security;
alter table public.notification_preferences enable row level security;
