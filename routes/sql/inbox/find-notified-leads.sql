-- The leads that the number of a received SMS was notified of lately, the newest first, and as whom: the one whose SMS it answers, where
-- the provider says so. Nothing if the last SMS to the number was written to a lead, or the number is no recipient of the business any more.
with reply as (
  select r.*, hashtextextended(r.number, 0) as hash
  from jsonb_to_record(cast(:#${variable.reply.json} as jsonb)) as r (number text, delivery uuid, since timestamptz)
),
sent as (
  select c.delivery_id, c.cause, c.charged_at, c.business_id
  from reply r
  join messaging.sms_charges c on c.recipient = r.hash and c.charged_at >= r.since and not c.is_returned
),
lead as (
  select distinct on (d.message_id) d.message_id, s.charged_at, s.business_id
  from sent s
  -- A summary is about all leads whose notifications it covers.
  join messaging.deliveries d on d.id = s.delivery_id and s.cause <> 'summary' or d.covered_by = s.delivery_id and s.cause = 'summary'
  cross join reply r
  where s.cause in ('lead', 'notification', 'summary')
    and (s.delivery_id = r.delivery or not exists (select from sent named where named.delivery_id = r.delivery))
    and coalesce((select last.cause from sent last order by last.charged_at desc limit 1), '') not in ('reply', 'receipt')
  order by d.message_id, s.charged_at desc
)
select cast(coalesce(json_agg(json_build_object('id', m.id, 'businessId', m.business_id, 'reference', messaging.reference(m.id),
    'status', coalesce(m.status, 'unread'), 'assignedTo', m.assigned_to,
    'holder', coalesce((
      select coalesce(b.email, p.email)
      from (select m.assigned_to as id) h
      left join messaging.business_members b on b.business_id = m.business_id and b.user_id = h.id
      left join messaging.people p on p.id = h.id), first.by),
    'firstId', first.by_id, 'recipient', to_json(who)) order by lead.charged_at desc), '[]') as text) as found
from lead
cross join reply r
join public.messages m on m.id = lead.message_id and m.quarantined_at is null
cross join lateral (
  select a.channel, a.address, a.member, a.role, a.known_as
  from messaging.recipients(m.business_id) a
  where a.channel = 'sms' and a.address = r.number
  order by a.place limit 1) who
left join lateral (
  select e.data ->> 'by' as by, e.data ->> 'byId' as by_id
  from messaging.message_events e
  where e.message_id = m.id and e.created_at = m.acknowledged_at
    and e.type in ('message.acknowledged', 'message.responded', 'message.replied')
  order by e.id desc limit 1) first on true
