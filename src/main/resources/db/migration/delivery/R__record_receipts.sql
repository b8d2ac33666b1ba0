-- Records receipts of providers. Deliveries are locked before their receipts are read, so that of two batches at the same time the
-- later one sees what the earlier one recorded. What counts is the receipt with the highest rank among those of the current attempt, in
-- whatever order they arrive; the class ReceiptEvent has the rules. A delivery that a person has sent again since is left alone.
-- Runs: called by the statement record-receipts.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.record_receipts(receipts jsonb, rules jsonb, at timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  known jsonb;
  added jsonb;
  moved uuid[];
begin
  perform set_config('lock_timeout', '2000', true);
  select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('deliveryId', d.id)), '[]') into known
  from jsonb_to_recordset(receipts) as r ("deliveryId" uuid, channel text, provider text, "providerRef" text, attempt integer, event text,
    "eventId" text, "occurredAt" timestamptz, detail text, address text, suppression text)
  cross join lateral (
    select d.id from messaging.deliveries d where d.id = r."deliveryId" and d.channel = r.channel
    union all
    select d.id from messaging.deliveries d
    where d.provider_ref = r."providerRef" and d.channel = r.channel
      and (d.provider = r.provider or starts_with(d.provider, r.provider || '-'))
    limit 1
  ) d;
  perform from messaging.deliveries d
  where d.id = any (array(select cast(k ->> 'deliveryId' as uuid) from jsonb_array_elements(known) k))
  order by d.id for no key update;
  with arrived as (
    insert into messaging.delivery_receipts (delivery_id, provider, event_id, business_id, attempt, event, occurred_at, received_at, detail)
    select d.id, k.provider, k."eventId", d.business_id, coalesce(k.attempt, d.attempts), k.event, k."occurredAt", at, k.detail
    from jsonb_to_recordset(known) as k ("deliveryId" uuid, provider text, attempt integer, event text, "eventId" text,
      "occurredAt" timestamptz, detail text)
    join messaging.deliveries d on d.id = k."deliveryId"
    order by d.id, k.provider, k."eventId"
    on conflict do nothing
    returning delivery_id, provider, event_id, business_id
  )
  select coalesce(jsonb_agg(distinct to_jsonb(k) || jsonb_build_object('businessId', a.business_id)), '[]') into added
  from arrived a
  join jsonb_to_recordset(known) as k ("deliveryId" uuid, channel text, provider text, "providerRef" text, event text, "eventId" text,
      "occurredAt" timestamptz, address text, suppression text)
    on k."deliveryId" = a.delivery_id and k.provider = a.provider and k."eventId" = a.event_id;
  with named as (
    select cast(a ->> 'deliveryId' as uuid) as delivery_id, max(a ->> 'providerRef') as provider_ref
    from jsonb_array_elements(added) a
    group by 1
  ),
  counting as (
    select distinct on (r.delivery_id) r.delivery_id, r.provider, r.detail, rule.state, rule.reason, named.provider_ref
    from messaging.delivery_receipts r
    join messaging.deliveries d on d.id = r.delivery_id and d.attempts = r.attempt and d.attempts > d.attempts_before
    join jsonb_to_recordset(rules) as rule (event text, rank integer, state text, reason text) on rule.event = r.event and rule.state is not null
    join named on named.delivery_id = r.delivery_id
    where r.delivery_id = any (array(select named.delivery_id from named))
    order by r.delivery_id, rule.rank desc, r.occurred_at desc, r.event_id
  ),
  changed as (
    update messaging.deliveries d
    set state = c.state, leased_by = null, lease_until = null, receipt_due_at = null, outcome_unknown = false, updated_at = at,
      ended_at = case when c.state = 'failed' then at else coalesce(d.ended_at, at) end,
      provider = coalesce(d.provider, c.provider),
      provider_ref = coalesce(d.provider_ref, c.provider_ref),
      last_error = case when c.state = 'failed' then concat_ws(': ', c.reason, c.detail) end
    from counting c
    where d.id = c.delivery_id and case c.state
      when 'sent' then d.state in ('pending', 'sending', 'unknown')
      when 'delivered' then d.state in ('pending', 'sending', 'unknown', 'sent', 'failed')
      when 'failed' then d.state in ('pending', 'sending', 'unknown', 'sent', 'delivered')
      else false end
    returning d.id
  )
  select coalesce(array_agg(changed.id), '{}') into moved from changed;
  insert into messaging.suppressions (business_id, channel, address, reason, created_at)
  select distinct on (a."businessId", a.channel, lower(a.address)) a."businessId", a.channel, lower(a.address), a.suppression, a."occurredAt"
  from jsonb_to_recordset(added) as a ("businessId" uuid, channel text, address text, suppression text, "occurredAt" timestamptz)
  where a.suppression is not null and a.address is not null
  order by a."businessId", a.channel, lower(a.address), a."occurredAt"
  on conflict do nothing;
  delete from messaging.suppressions s
  using jsonb_to_recordset(added) as a ("businessId" uuid, channel text, address text, event text, "occurredAt" timestamptz)
  where a.event = 'resubscribed' and s.business_id = a."businessId" and s.channel = a.channel and lower(s.address) = lower(a.address)
    and s.reason = 'unsubscribed' and s.created_at <= a."occurredAt";
  return jsonb_build_object('known', jsonb_array_length(known), 'recorded', jsonb_array_length(added), 'moved', cardinality(moved),
    'businesses', (select coalesce(jsonb_agg(distinct a ->> 'businessId'), '[]') from jsonb_array_elements(added) a));
end $$;

revoke all on function messaging.record_receipts(jsonb, jsonb, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
