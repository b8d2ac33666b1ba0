-- The three message tables as the platform made them before this service arrived.
set role project_owner;
create table public.messages (
  id uuid primary key default gen_random_uuid(),
  funnel_id uuid references public.funnels (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  type text not null default 'callback_request' check (type in ('callback_request', 'system', 'notification', 'reminder')),
  contact_name text,
  contact_phone text,
  contact_email text,
  subject text,
  message text,
  priority text default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
  status text default 'unread' check (status in ('unread', 'read', 'acknowledged', 'responded', 'archived')),
  acknowledged_at timestamptz,
  acknowledged_by uuid references public.businesses (id),
  email_sent_at timestamptz,
  sms_sent_at timestamptz,
  email_status text check (email_status in ('pending', 'sent', 'delivered', 'failed')),
  sms_status text check (sms_status in ('pending', 'sent', 'delivered', 'failed')),
  metadata jsonb default '{}',
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);
create table public.message_channels (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  channel_type text not null check (channel_type in ('email', 'sms', 'webhook')),
  config jsonb not null default '{}',
  is_enabled boolean default true,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  unique (business_id, channel_type),
  constraint sms_says_where_to check (channel_type <> 'sms' or config ? 'to')
);
create table public.notification_preferences (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null unique references public.businesses (id) on delete cascade,
  show_badge boolean default true,
  show_toast boolean default true,
  email_new_messages boolean default true,
  email_daily_summary boolean default true,
  email_weekly_summary boolean default true,
  sms_urgent_only boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);
alter table public.messages enable row level security;
alter table public.message_channels enable row level security;
alter table public.notification_preferences enable row level security;
create policy "Owners read their messages" on public.messages for select using (business_id = auth.uid());
create policy "Owners update their messages" on public.messages for update using (business_id = auth.uid());
create policy "Owners manage their channels" on public.message_channels for all using (business_id = auth.uid());
create policy "Owners manage their preferences" on public.notification_preferences for all using (business_id = auth.uid());

insert into public.messages (id, funnel_id, business_id, contact_name, contact_phone) values
  ('cccccccc-1111-4111-8111-111111111111', 'aaaaaaaa-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111', 'An earlier lead', '+61 491 570 157');
insert into public.message_channels (business_id, channel_type, config) values
  ('11111111-1111-4111-8111-111111111111', 'email', '{"to":"ana@example.com"}'),
  ('11111111-1111-4111-8111-111111111111', 'webhook', '{"url":"https://bakery.example.com/leads"}'),
  ('22222222-2222-4222-8222-222222222222', 'webhook', '{}');
insert into public.notification_preferences (business_id) values ('11111111-1111-4111-8111-111111111111');
reset role;
