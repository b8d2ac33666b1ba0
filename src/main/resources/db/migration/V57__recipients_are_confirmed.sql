-- Whoever sets a recipient may set somebody else's: a wrong number gets every customer's name and number. A new recipient is confirmed by a
-- code first (decision 49). And an operator gives a business SMS limits of its own.

create table messaging.confirmations (
  -- The code is made from this id and a key of the service, whenever it is written or checked: nothing here opens anything.
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references public.businesses (id) on delete cascade,
  -- Whose own address it is; null for the recipient of the business's channel.
  member_id uuid,
  channel text not null constraint confirmations_channel_check check (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  address text not null constraint confirmations_address_check check (char_length(address) between 1 and 320),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries_left smallint not null constraint confirmations_tries_left_check check (tries_left >= 0),
  confirmed_at timestamptz,
  -- Another address, or another code for this one, took its place. Kept for a day, because it counts as sent.
  replaced_at timestamptz
);
create unique index confirmations_pending on messaging.confirmations (business_id, member_id, channel) nulls not distinct
  where confirmed_at is null and replaced_at is null;
create unique index confirmations_confirmed on messaging.confirmations (business_id, member_id, channel, lower(address)) nulls not distinct
  where confirmed_at is not null;
create index confirmations_address on messaging.confirmations (channel, lower(address), created_at);
create index confirmations_business_id on messaging.confirmations (business_id, created_at);
create index confirmations_replaced on messaging.confirmations (created_at) where replaced_at is not null;
alter table messaging.confirmations enable row level security, force row level security;
revoke all on messaging.confirmations from public, anon, authenticated;
create policy worker_all on messaging.confirmations for all to messaging_worker using (true) with check (true);
-- A member sees those of the business's channels, and their own.
create policy caller_reads on messaging.confirmations for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and (member_id is null or member_id = (select messaging.calling_person())));
grant select, insert, update, delete on messaging.confirmations to messaging_worker;
grant select on messaging.confirmations to authenticated;

-- Who can read the log of a delivery's attempts must not find a code in what its provider answered, or the number of a member.
drop policy sign_in_mails_are_nobodys on messaging.deliveries;
create policy sign_in_mails_are_nobodys on messaging.deliveries as restrictive for all to authenticated
  using (cause <> 'account' or period is null or not (period like 'sign-in %' or period like 'confirmation %' or period like 'sms-answer %'));

-- The first recipient of a channel waits for its code. A column, because the intake may not read config; not a generated one, because
-- PostgreSQL 18 refuses updates of those in a publication that has whole rows.
alter table public.message_channels add column awaits_confirmation boolean not null default false;
grant select (awaits_confirmation) on public.message_channels to messaging_intake;

-- What is set up already goes on.
insert into messaging.confirmations (business_id, channel, address, created_at, expires_at, tries_left, confirmed_at)
select c.business_id, c.channel_type, btrim(c.config ->> 'to'), c.updated_at, c.updated_at, 0, c.updated_at
from public.message_channels c
where c.channel_type in ('email', 'sms') and char_length(btrim(c.config ->> 'to')) between 1 and 320;

-- What an operator allows a business instead of the configuration; null: as configured.
create table messaging.sms_limits (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  per_day integer constraint sms_limits_per_day_check check (per_day between 0 and 1000000),
  per_month integer constraint sms_limits_per_month_check check (per_month between 0 and 10000000),
  reserve smallint constraint sms_limits_reserve_check check (reserve between 0 and 90),
  -- Codes of ISO 3166 in upper case, or ANY.
  countries text[] constraint sms_limits_countries_check check (cardinality(countries) between 1 and 250),
  updated_at timestamptz not null
);
alter table messaging.sms_limits enable row level security, force row level security;
revoke all on messaging.sms_limits from public, anon, authenticated;
create policy worker_all on messaging.sms_limits for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.sms_limits for select to authenticated using (business_id = (select messaging.acting_for('viewer')));
grant select, insert, update on messaging.sms_limits to messaging_worker;
grant select on messaging.sms_limits to authenticated;

-- It says with each refusal which budget was meant: its file creates it anew.
drop function if exists messaging.reserve_sms(jsonb, jsonb, timestamptz);
