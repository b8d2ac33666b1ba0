-- What has happened to the leads of a business behind a place in its events, the oldest first. Only what was written by transactions
-- before which none is under way any more: whatever is committed later stands behind all of these. An event without a name is for
-- nobody who watches, and only moves them on.
select cast(cast(e.tx as text) as bigint) as tx, e.id,
  case when e.type in ('message.created', 'messages.deleted', 'delivery.updated') then e.type
    when e.type like 'message.%' then 'message.updated' end as name,
  cast(case when e.type = 'messages.deleted' then json_build_object('at', messaging.iso(e.created_at), 'data', e.data)
    when e.type = 'delivery.updated' then json_build_object('at', messaging.iso(e.created_at), 'messageId', e.message_id,
      'delivery', (select messaging.shown(d) from messaging.deliveries d where d.id = cast(e.data ->> 'delivery' as uuid) and d.business_id = e.business_id))
    else json_build_object('type', e.type, 'at', messaging.iso(e.created_at), 'data', e.data,
      'message', (select messaging.shown(m) from public.messages m where m.id = e.message_id and m.business_id = e.business_id)) end as text) as data
from messaging.message_events e
where e.business_id = cast(:#${variable.business} as uuid)
  and (e.tx, e.id) > (cast(cast(:#${variable.position.tx} as text) as xid8), cast(:#${variable.position.id} as bigint))
  and e.tx < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()))
order by e.tx, e.id
limit cast(:#${bean:subscribers?method=page} as integer)
