-- What providers report of deliveries that they have accepted (decision 42), and the provider's own reference as a way to find them.

create table messaging.delivery_receipts (
  delivery_id uuid not null references messaging.deliveries (id) on delete cascade,
  provider text not null constraint delivery_receipts_provider_check check (provider <> ''),
  -- The provider's own id of the event: it reports an event more than once.
  event_id text not null constraint delivery_receipts_event_id_check check (octet_length(event_id) between 1 and 200),
  business_id uuid not null,
  attempt integer not null constraint delivery_receipts_attempt_check check (attempt >= 0),
  event text not null constraint delivery_receipts_event_check check (event ~ '^[a-z]{1,30}$'),
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  detail text constraint delivery_receipts_detail_check check (octet_length(detail) <= 4096),
  constraint delivery_receipts_pkey primary key (delivery_id, provider, event_id)
);
alter table messaging.delivery_receipts enable row level security, force row level security;
create policy worker_all on messaging.delivery_receipts for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.delivery_receipts for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
revoke all on messaging.delivery_receipts from public, anon, authenticated;
grant select on messaging.delivery_receipts to authenticated;
grant select, insert on messaging.delivery_receipts to messaging_worker;

-- Most deliveries are webhooks and mails by SMTP, which have no reference.
create index deliveries_provider_ref on messaging.deliveries (provider_ref) where provider_ref is not null;

-- An address is suppressed once, however it is written. Of several spellings the oldest stays.
delete from messaging.suppressions s
using messaging.suppressions older
where older.business_id = s.business_id and older.channel = s.channel and lower(older.address) = lower(s.address)
  and (older.created_at, older.id) < (s.created_at, s.id);
alter table messaging.suppressions drop constraint suppressions_business_id_channel_address_key;
create unique index suppressions_address on messaging.suppressions (business_id, channel, lower(address));
grant insert on messaging.suppressions to messaging_worker;
