-- Somebody answered an SMS by STOP, or by START: the businesses that have sent them one send no more, or again. Where the report names the
-- SMS, and it went to this number, only its business is meant. An address that is suppressed for another reason stays so.
with consent as (
  select c.*, hashtextextended(c.number, 0) as hash
  from jsonb_to_recordset(cast(:#consents as jsonb)) as c (number text, "deliveryId" uuid, "wantsSms" boolean, at timestamptz)
),
concerned as (
  select distinct consent.number, charge.business_id, consent."wantsSms" as wants_sms, consent.at
  from consent
  join messaging.sms_charges charge on charge.recipient = consent.hash
  where not exists (
      select from messaging.sms_charges named where named.delivery_id = consent."deliveryId" and named.recipient = consent.hash)
    or charge.delivery_id = consent."deliveryId"
),
stopped as (
  insert into messaging.suppressions (business_id, channel, address, reason, created_at)
  select business_id, 'sms', number, 'unsubscribed', max(at) from concerned where not wants_sms group by business_id, number
  on conflict do nothing
  returning 1
),
started as (
  delete from messaging.suppressions s
  using concerned
  where concerned.wants_sms and s.business_id = concerned.business_id and s.channel = 'sms' and s.address = concerned.number
    and s.reason = 'unsubscribed' and s.created_at <= concerned.at
  returning 1
)
select (select count(*) from stopped) + (select count(*) from started) as changed
