-- A lead that was put off comes back at its time, as a message of type "reminder"; and a business says what follows from the outcome of a
-- phone call.

-- One row per lead that is put off. A trigger writes it, so that every way of setting the time counts.
create table messaging.reminders (
  message_id uuid primary key references public.messages (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  at timestamptz not null,
  -- Who put it off: reminded where nobody has the lead.
  set_by uuid
);
create index reminders_at on messaging.reminders (at);
create index reminders_business_id on messaging.reminders (business_id);
alter table messaging.reminders enable row level security, force row level security;
revoke all on messaging.reminders from public, anon, authenticated;
create policy worker_all on messaging.reminders for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.reminders to messaging_worker;

-- The worker writes reminders into the inbox, and no other message.
create policy messaging_worker_reminds on public.messages for insert to messaging_worker with check (type = 'reminder');
grant insert (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, subject, message, priority,
  status, follows, assigned_to, created_at, updated_at) on public.messages to messaging_worker;

-- Without a row an outcome has its default, see outcome_rules_of().
create table messaging.outcome_rules (
  business_id uuid not null references public.businesses (id) on delete cascade,
  outcome text not null check (outcome in ('reached', 'voicemail', 'no_answer', 'wrong_number', 'not_interested', 'booked')),
  action text not null check (action in ('again', 'close', 'nothing')),
  after_minutes integer check (after_minutes between 1 and 10080),
  open_hours_only boolean not null default false,
  primary key (business_id, outcome),
  check ((action = 'again') = (after_minutes is not null))
);
alter table messaging.outcome_rules enable row level security, force row level security;
revoke all on messaging.outcome_rules from public, anon, authenticated;
create policy worker_all on messaging.outcome_rules for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.outcome_rules for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.outcome_rules for insert to authenticated with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.outcome_rules for delete to authenticated using (business_id = (select messaging.acting_for('owner')));
grant select on messaging.outcome_rules to messaging_worker;
grant select, insert, delete on messaging.outcome_rules to authenticated;

-- Not validated under the lock of this statement: every row keeps to the narrower rule before.
alter table public.messages drop constraint messages_call_outcome_check;
alter table public.messages add constraint messages_call_outcome_check
  check (call_outcome in ('reached', 'voicemail', 'no_answer', 'wrong_number', 'not_interested', 'booked')) not valid;
alter table public.messages validate constraint messages_call_outcome_check;
