-- Notifications that wait for the end of the quiet hours and are sent as one summary, and the time at which a visitor wants the call.

alter table messaging.deliveries
  -- Of a deferred notification: the summary that lists its lead.
  add column covered_by uuid references messaging.deliveries (id) on delete set null,
  -- Of a summary: the state that the deliveries which it covers were given last.
  add column passed_on text;
create index deliveries_covered_by on messaging.deliveries (covered_by) where covered_by is not null;
create index deliveries_deferred on messaging.deliveries (next_attempt_at) where state = 'held' and held_reason = 'quiet hours';
create index deliveries_summaries on messaging.deliveries (updated_at) where cause = 'summary' and passed_on is distinct from state;
alter table messaging.deliveries drop constraint deliveries_cause_check;
alter table messaging.deliveries add constraint deliveries_cause_check
  check (cause in ('lead', 'event', 'reply', 'digest', 'account', 'test', 'canary', 'receipt', 'notification', 'summary')) not valid;
alter table messaging.deliveries validate constraint deliveries_cause_check;
grant update (covered_by) on messaging.deliveries to authenticated;

-- From when until when the visitor wants to be called; null for as soon as possible.
alter table public.messages
  add column if not exists preferred_from timestamptz,
  add column if not exists preferred_until timestamptz;
alter table public.messages add constraint messages_preferred_check check (preferred_from < preferred_until) not valid;
grant insert (preferred_from, preferred_until) on public.messages to messaging_intake;

-- Whether the forms of a business ask when to call.
alter table messaging.business_settings add column asks_for_time boolean not null default false;
grant insert (asks_for_time), update (asks_for_time) on messaging.business_settings to authenticated;
