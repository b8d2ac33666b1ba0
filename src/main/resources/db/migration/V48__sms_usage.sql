-- What short messages have cost, in parts: each part is billed. Deliveries, replies, tests, retries and replays share one budget.

create table messaging.sms_usage (
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- A day or a month of UTC; a budget is compared with its row.
  unit text not null check (unit in ('day', 'month')),
  begins_on date not null,
  messages integer not null default 0,
  parts integer not null default 0,
  cost numeric(14, 4) not null default 0,
  -- Not sent, because the budget was used up.
  refused integer not null default 0,
  primary key (business_id, unit, begins_on)
);
alter table messaging.sms_usage enable row level security, force row level security;
revoke all on messaging.sms_usage from public, anon, authenticated;
create policy worker_all on messaging.sms_usage for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.sms_usage for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, update, delete on messaging.sms_usage to messaging_worker;
grant select on messaging.sms_usage to authenticated;

-- One row for each short message that was, or is about to be, handed to the provider. A retry that follows a failure costs nothing more.
create table messaging.sms_charges (
  delivery_id uuid primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- Which round of attempts it was charged for: a person who sends it again begins another.
  attempts_before integer not null,
  cause text not null,
  -- A hash of the number: it only counts what one number gets.
  recipient bigint not null,
  parts integer not null check (parts > 0),
  cost numeric(14, 4) not null,
  -- The message was not sent after all; the next reservation of the business takes it off the usage.
  is_returned boolean not null default false,
  charged_at timestamptz not null
);
create index sms_charges_business_id on messaging.sms_charges (business_id, charged_at);
create index sms_charges_recipient on messaging.sms_charges (recipient, charged_at);
create index sms_charges_returned on messaging.sms_charges (business_id) where is_returned;
create index sms_charges_charged_at on messaging.sms_charges (charged_at);
alter table messaging.sms_charges enable row level security, force row level security;
revoke all on messaging.sms_charges from public, anon, authenticated;
create policy worker_all on messaging.sms_charges for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.sms_charges for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, update, delete on messaging.sms_charges to messaging_worker;
grant select (business_id, cause, parts, cost, is_returned, charged_at) on messaging.sms_charges to authenticated;
