-- One page of the events of a business for a receiver that polls, in the order of the live stream (list-new-events.sql): only what was
-- written by transactions before which none is under way any more, so that nothing is committed behind a reader. A lead in quarantine is
-- an event when it is released, as for webhooks. At most 2,000 events are read, whatever their types. What rendering a body needs comes
-- along. There is always a row; without an event it says where the reading ended.
with scanned as materialized (
  select e.id, e.tx, e.type, e.data, e.created_at, e.message_id,
    case
      when e.type = 'message.created' and e.data ->> 'quarantine' is not null then null
      -- A reminder is a message of the inbox and no lead.
      when exists (select from public.messages m where m.id = e.message_id and m.type = 'reminder') then null
      when e.type = 'message.released' then 'message.created'
      else e.type end as shown_type
  from messaging.message_events e
  where e.business_id = cast(:#${variable.caller.businessId} as uuid)
    and (e.tx, e.id) > (cast(cast(:#${variable.position.tx} as text) as xid8), cast(:#${variable.position.id} as bigint))
    and e.tx < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()))
  order by e.tx, e.id
  limit 2000
),
page as (
  select *
  from scanned
  where shown_type = any (string_to_array(:#${variable.types}, ','))
  order by tx, id
  limit cast(:#${variable.input.values[limit]} as integer)
),
ended as (
  select cast(cast(tx as text) as bigint) as tx, id from scanned order by scanned.tx desc, id desc limit 1
)
select cast(cast(messaging.place_of(pg_snapshot_xmin(pg_current_snapshot())) as text) as bigint) as now,
  (select count(*) from scanned) as scanned, ended.tx as ended_tx, ended.id as ended_id,
  cast(cast(page.tx as text) as bigint) as event_tx, page.id as event_id, webhooks.ids as webhook_ids,
  cast(null as uuid) as id, m.business_id, case page.shown_type when 'message.created' then 'lead' else 'event' end as cause, 'webhook' as channel,
  0 as attempt, 0 as round, 0 as attempt_limit, cast(to_jsonb(m) as text) as message,
  cast(jsonb_build_object('type', page.type, 'data', page.data, 'created_at', page.created_at) as text) as event
from (select) always
left join ended on true
left join page on true
left join public.messages m on m.id = page.message_id
left join lateral (
  select cast(coalesce(json_object_agg(d.target_id, d.id), '{}') as text) as ids
  from messaging.deliveries d
  where d.message_id = page.message_id and d.channel = 'webhook' and d.target_id is not null and d.fallback_of is null
    and case page.shown_type when 'message.created' then d.cause = 'lead' else d.cause = 'event' and d.event_id = page.id end) webhooks on true
order by page.tx, page.id
