-- The ledger: what was accepted, counted where leads and events are written (owed), is what there is of deliveries in one of
-- their states. Looked at in two slices of the log, the newest and the next one of an endless walk through all of it, so that a
-- look costs the same however long the history is; and again at what was found wrong before. A lead's fallbacks are owed by an
-- entry of their own; those of a reply are the reply's.
with slice as (
  (select e.id, e.business_id, e.message_id, e.type, e.owed from messaging.message_events e
    order by e.id desc limit cast(:#${variable.slice} as integer))
  union all
  (select e.id, e.business_id, e.message_id, e.type, e.owed from messaging.message_events e
    where e.id > cast(:#${bean:ledger?method=position} as bigint)
    order by e.id limit cast(:#${variable.slice} as integer))
  union all
  (select e.id, e.business_id, e.message_id, e.type, e.owed from messaging.message_events e
    where e.id = any (cast(:#${bean:ledger?method=known} as bigint[])))
),
walked as (
  select count(*) as events, max(w.id) as position
  from (
    select e.id from messaging.message_events e where e.id > cast(:#${bean:ledger?method=position} as bigint)
    order by e.id limit cast(:#${variable.slice} as integer)) w
),
lead as (
  select s.message_id, min(s.id) as event_id
  from slice s
  where s.type in ('message.created', 'delivery.fell_back') and s.message_id is not null
  group by s.message_id
),
event as (
  select distinct s.id as event_id, s.business_id, s.owed
  from slice s
  where s.type not in ('message.created', 'delivery.fell_back', 'delivery.updated') and s.owed > 0
),
balance as (
  select 'lead' as cause, expected.business_id, lead.message_id, lead.event_id, expected.accepted, stored.found
  from lead
  cross join lateral (
    select min(cast(o.business_id as text)) as business_id, coalesce(sum(o.owed), 0) as accepted
    from messaging.message_events o
    where o.message_id = lead.message_id
      and (o.type = 'message.created' or o.type = 'delivery.fell_back' and not exists (
        select from messaging.deliveries r where r.id = cast(o.data ->> 'delivery' as uuid) and r.cause <> 'lead'))) expected
  cross join lateral (
    select count(*) as found
    from messaging.deliveries d
    where d.message_id = lead.message_id and d.cause = 'lead'
      and d.state in ('pending', 'sending', 'held', 'sent', 'delivered', 'unknown', 'failed', 'cancelled')) stored
  union all
  select 'event', cast(event.business_id as text), null, event.event_id, event.owed, stored.found
  from event
  cross join lateral (
    select count(*) as found
    from messaging.deliveries d
    where d.event_id = event.event_id and d.cause = 'event'
      and d.state in ('pending', 'sending', 'held', 'sent', 'delivered', 'unknown', 'failed', 'cancelled')) stored
),
wrong as (
  select * from balance where accepted <> found order by event_id limit 1000
)
select cast(json_build_object(
  'checked', (select count(*) from balance),
  'position', case when walked.events < cast(:#${variable.slice} as integer) then 0 else walked.position end,
  'findings', coalesce((
    select json_agg(json_build_object('cause', w.cause, 'businessId', w.business_id, 'messageId', w.message_id,
      'eventId', w.event_id, 'accepted', w.accepted, 'found', w.found) order by w.event_id)
    from wrong w), '[]')) as text) as result
from walked
