-- Holidays, opening hours that end after midnight, and quiet hours: when a business is open decides when it is notified, and until when
-- a lead wants an answer.

-- A day that differs from its weekday: closed all day, or open at these times.
create table messaging.business_holidays (
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  name text not null check (char_length(name) between 1 and 100),
  -- A list of {opens, closes}; empty where the business is closed.
  spans jsonb not null default '[]' check (jsonb_typeof(spans) = 'array' and jsonb_array_length(spans) <= 10),
  primary key (business_id, day)
);
alter table messaging.business_holidays enable row level security, force row level security;
revoke all on messaging.business_holidays from public, anon, authenticated;
create policy worker_all on messaging.business_holidays for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.business_holidays for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
create policy owner_adds on messaging.business_holidays for insert to authenticated
  with check (business_id = (select messaging.acting_for('owner')));
create policy owner_changes on messaging.business_holidays for update to authenticated
  using (business_id = (select messaging.acting_for('owner'))) with check (business_id = (select messaging.acting_for('owner')));
create policy owner_deletes on messaging.business_holidays for delete to authenticated
  using (business_id = (select messaging.acting_for('owner')));
create policy intake_reads on messaging.business_holidays for select to messaging_intake using (true);
grant select, insert, update, delete on messaging.business_holidays to authenticated;
grant select on messaging.business_holidays to messaging_worker, messaging_intake;

-- Hours that close no later than they open end on the next day.
alter table messaging.business_hours
  drop constraint business_hours_check,
  add constraint hours_end_some_time check (closes <> opens);
create policy intake_reads on messaging.business_hours for select to messaging_intake using (true);
grant select on messaging.business_hours to messaging_intake;

alter table messaging.business_settings
  -- Whether the business has set hours or holidays; it saves the accept statement a look for those of a business without.
  add column keeps_hours boolean not null default false,
  add column quiet_hours text not null default 'off' check (quiet_hours in ('off', 'closed', 'spans')),
  -- A list of {weekday, opens, closes}, as hours are: from `opens` to `closes` it is quiet.
  add column quiet_spans jsonb not null default '[]' check (jsonb_typeof(quiet_spans) = 'array' and jsonb_array_length(quiet_spans) <= 50),
  add column urgent_breaks_through boolean not null default true;
update messaging.business_settings s set keeps_hours = true
where exists (select from messaging.business_hours h where h.business_id = s.business_id);
grant insert (quiet_hours, quiet_spans, urgent_breaks_through), update (quiet_hours, quiet_spans, urgent_breaks_through)
  on messaging.business_settings to authenticated;
grant select (time_zone, keeps_hours, quiet_hours, quiet_spans, urgent_breaks_through) on messaging.business_settings to messaging_intake;
