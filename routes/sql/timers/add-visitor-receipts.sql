-- Receipts for the visitors of new leads, at funnels that send them: only of leads that are not quarantined, once for each channel, and within
-- the limits of a business and of a destination. One instance at a time, so that counting is exact. A lead that is older than an hour gets
-- none. Gives how many were added.
with clock as materialized (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, pg_try_advisory_xact_lock(hashtextextended('visitor receipts', 5)) as is_ours
),
old as (
  delete from messaging.visitor_receipts r using clock where clock.is_ours and r.created_at < clock.at - interval '2 days'
),
due as materialized (
  select m.id, m.business_id, wanted.channel, whom.address, hashtextextended(lower(whom.address), 0) as destination, m.due_at, m.created_at, clock.at
  from clock
  join messaging.funnel_settings s on clock.is_ours and s.visitor_receipts <> '{}'
  join public.messages m on m.funnel_id = s.funnel_id and m.created_at > clock.at - interval '1 hour'
  cross join lateral unnest(s.visitor_receipts) wanted (channel)
  cross join lateral (
    select case wanted.channel when 'email' then m.contact_email else m.contact_phone_e164 end as address) whom
  where m.quarantined_at is null and m.type = 'callback_request' and m.status <> 'archived' and whom.address is not null
    and not exists (select from messaging.visitor_receipts r where r.message_id = m.id and r.channel = wanted.channel)
  order by m.created_at
  limit 500
),
decided as materialized (
  select due.*, case
    when row_number() over (partition by due.destination order by due.created_at) + (
      select count(*) from messaging.visitor_receipts r
      where r.destination = due.destination and r.created_at > due.at - interval '24 hours' and r.refused is null)
      > cast(:#${bean:visitorReceipts?method=perDestination} as integer) then 'destination'
    when row_number() over (partition by due.business_id order by due.created_at) + (
      select count(*) from messaging.visitor_receipts r
      where r.business_id = due.business_id and r.created_at > due.at - interval '24 hours' and r.refused is null)
      > cast(:#${bean:visitorReceipts?method=perDay} as integer) then 'business' end as refused
  from due
),
counted as (
  insert into messaging.visitor_receipts (message_id, channel, business_id, destination, refused, created_at)
  select id, channel, business_id, destination, refused, at from decided
  on conflict do nothing
  -- What another instance has stored meanwhile is its own to send.
  returning message_id, channel
),
added as (
  insert into messaging.deliveries (business_id, cause, message_id, channel, recipient, payload, next_attempt_at, created_at, updated_at)
  select business_id, 'receipt', id, decided.channel, address, jsonb_strip_nulls(jsonb_build_object('dueAt', messaging.iso(due_at))), at, at, at
  from decided join counted on counted.message_id = decided.id and counted.channel = decided.channel where refused is null
  returning 1
)
select count(*) as added from added
