-- A visitor gets a receipt of their request by e-mail or SMS where the funnel says so. Each is counted before it is sent, with a hash of its
-- destination, so that nobody has many written to a third party. Rows of earlier days are deleted by the statement that adds new ones.
alter table messaging.funnel_settings add column visitor_receipts text[] not null default '{}'
  check (visitor_receipts <@ array['email', 'sms'] and cardinality(visitor_receipts) <= 2);
grant insert (visitor_receipts), update (visitor_receipts) on messaging.funnel_settings to authenticated;
create index funnel_settings_visitor_receipts on messaging.funnel_settings (funnel_id) where visitor_receipts <> '{}';

create table messaging.visitor_receipts (
  message_id uuid not null references public.messages (id) on delete cascade,
  channel text not null check (channel in ('email', 'sms')),
  business_id uuid not null references public.businesses (id) on delete cascade,
  destination bigint not null,
  refused text check (refused in ('business', 'destination')),
  created_at timestamptz not null,
  primary key (message_id, channel)
);
create index visitor_receipts_destination on messaging.visitor_receipts (destination, created_at);
create index visitor_receipts_business_id on messaging.visitor_receipts (business_id, created_at);
create index visitor_receipts_created_at on messaging.visitor_receipts (created_at);
alter table messaging.visitor_receipts enable row level security, force row level security;
revoke all on messaging.visitor_receipts from public, anon, authenticated;
create policy worker_all on messaging.visitor_receipts for all to messaging_worker using (true) with check (true);
grant select, insert, delete on messaging.visitor_receipts to messaging_worker;
