-- Attempts are kept by month (decision 38): what is written now meets the index of this month only, and a month whose leads have all
-- been deleted gives its disk back at once. The attempts that there are stay in their table, which becomes the first part.

-- While the key is made, which a part must have with the month in it, no attempt can be recorded: its delivery is recorded again. It takes
-- the place of two indexes.
alter table messaging.delivery_attempts
  alter column id drop identity,
  drop constraint delivery_attempts_pkey,
  no force row level security; -- or its owner finds no newest row
alter table messaging.delivery_attempts add constraint delivery_attempts_first_pkey primary key (delivery_id, id, started_at);
drop index messaging.delivery_attempts_delivery_id;
drop policy worker_all on messaging.delivery_attempts;
drop policy caller_reads on messaging.delivery_attempts;
revoke all on messaging.delivery_attempts from messaging_worker, authenticated;
alter table messaging.delivery_attempts rename to delivery_attempts_first;
alter table messaging.delivery_attempts_first rename constraint delivery_attempts_delivery_id_fkey to delivery_attempts_first_delivery_id_fkey;

create table messaging.delivery_attempts (
  id bigint generated always as identity,
  delivery_id uuid not null,
  business_id uuid not null,
  attempt integer not null constraint delivery_attempts_attempt_check check (attempt > 0),
  started_at timestamptz not null,
  duration_ms integer not null constraint delivery_attempts_duration_ms_check check (duration_ms >= 0),
  outcome text not null constraint delivery_attempts_outcome_check check (outcome in ('accepted', 'temporary', 'permanent', 'unknown')),
  status_code integer,
  answer text constraint delivery_attempts_answer_check check (octet_length(answer) <= 20480),
  error text,
  provider text,
  recipient text,
  constraint delivery_attempts_pkey primary key (delivery_id, id, started_at)
) partition by range (started_at);

-- Up to the end of next month, or of the last one that an attempt is of; the timer makes those behind it.
do $$
declare
  newest timestamptz;
  number bigint;
begin
  select max(started_at), coalesce(max(id), 0) into newest, number from messaging.delivery_attempts_first;
  execute format('alter table messaging.delivery_attempts attach partition messaging.delivery_attempts_first for values from (minvalue) to (%L)',
    (date_trunc('month', greatest(now(), newest) at time zone 'UTC') + interval '2 months') at time zone 'UTC');
  perform setval(pg_get_serial_sequence('messaging.delivery_attempts', 'id'), number + 1, false);
end $$;

-- What no month takes.
create table messaging.delivery_attempts_other partition of messaging.delivery_attempts default;

-- At the end, because it locks deliveries; the first part has the key already, and is not looked through.
alter table messaging.delivery_attempts
  add constraint delivery_attempts_delivery_id_fkey foreign key (delivery_id) references messaging.deliveries (id) on delete cascade;

-- Each part is reached through the whole only, whose policies hold for all.
alter table messaging.delivery_attempts_first force row level security;
alter table messaging.delivery_attempts enable row level security, force row level security;
alter table messaging.delivery_attempts_other enable row level security, force row level security;
create policy worker_all on messaging.delivery_attempts for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.delivery_attempts for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
revoke all on messaging.delivery_attempts, messaging.delivery_attempts_first, messaging.delivery_attempts_other from public, anon, authenticated;
revoke all on sequence messaging.delivery_attempts_id_seq from public, anon, authenticated;
grant select on messaging.delivery_attempts to authenticated;
grant select, insert on messaging.delivery_attempts to messaging_worker;
