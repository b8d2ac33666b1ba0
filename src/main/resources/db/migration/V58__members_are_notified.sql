-- A member of a business is notified of a lead by a delivery of their own, as they prefer and at addresses that they have confirmed.
-- `period` of such a delivery is the key of what happened, so that the same step notifies nobody twice.
alter table messaging.deliveries add column member_id uuid;
alter table messaging.deliveries
  drop constraint deliveries_cause_check,
  add constraint deliveries_cause_check
    check (cause in ('lead', 'event', 'reply', 'digest', 'account', 'test', 'canary', 'receipt', 'notification')),
  add constraint a_notification_has_a_member
    check (cause <> 'notification' or message_id is not null and member_id is not null and period is not null);
create unique index deliveries_of_notification
  on messaging.deliveries (message_id, period, channel, coalesce(recipient, cast(target_id as text))) where cause = 'notification';

-- Where a member wants to be notified: one address and one number of their own. Without an address of its own a mail goes to the one by
-- which the member signs in.
create table messaging.member_addresses (
  business_id uuid not null references public.businesses (id) on delete cascade,
  user_id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  address text not null check (char_length(address) between 3 and 320),
  confirmed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, user_id, channel)
);
alter table messaging.member_addresses enable row level security, force row level security;
revoke all on messaging.member_addresses from public, anon, authenticated;

create policy worker_all on messaging.member_addresses for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.member_addresses to messaging_worker;

-- A private number is its member's own: an owner learns only that there is a confirmed one.
create policy member_reads on messaging.member_addresses for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and user_id = (select messaging.calling_person()));
create policy member_deletes on messaging.member_addresses for delete to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and user_id = (select messaging.calling_person()));
grant select, delete on messaging.member_addresses to authenticated;

-- What each member prefers: events holds {"assigned": {"email": false}}, and where it says nothing the default applies. The times of
-- their summaries are by the clock of their own time zone, or of the business's where they have none.
alter table messaging.personal_preferences
  add column events jsonb not null default '{}' check (jsonb_typeof(events) = 'object' and pg_column_size(events) <= 4096),
  add column sms_urgent_only boolean,
  add column daily_summary boolean,
  add column weekly_summary boolean,
  add column summary_hour smallint check (summary_hour between 0 and 23),
  add column summary_weekday smallint check (summary_weekday between 1 and 7),
  add column time_zone text check (char_length(time_zone) <= 64);
grant update (events, sms_urgent_only, daily_summary, weekly_summary, summary_hour, summary_weekday, time_zone)
  on messaging.personal_preferences to authenticated;
-- The recipient of a notification ends its kind by the link in it.
grant insert, update (events, updated_at) on messaging.personal_preferences to messaging_worker;

-- Where a member wants to be notified of new leads, and up to which event the leads of the business were looked at. Businesses without such a
-- member have no row, and their leads cost nothing more.
create table messaging.notified_businesses (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  tx xid8 not null,
  event_id bigint not null
);
alter table messaging.notified_businesses enable row level security, force row level security;
revoke all on messaging.notified_businesses from public, anon, authenticated;
create policy worker_all on messaging.notified_businesses for all to messaging_worker using (true) with check (true);
grant select, insert, update, delete on messaging.notified_businesses to messaging_worker;
