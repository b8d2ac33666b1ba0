-- Every call on the wire that was made for a delivery, the newest last; of more than 200 the newest. They are looked for in the months of
-- the delivery only, with a day for clocks that differ. With them what its provider reported. The address
-- of a notification is its member's own, and not shown.
select cast(json_build_object('items', coalesce((
    select json_agg(json_build_object(
        'attempt', a.attempt, 'startedAt', messaging.iso(a.started_at), 'durationMs', a.duration_ms, 'outcome', a.outcome,
        'statusCode', a.status_code, 'provider', a.provider,
        'recipient', case when d.cause <> 'notification' then a.recipient end, 'answer', a.answer, 'error', a.error) order by a.id)
    from (
      select * from messaging.delivery_attempts t
      where t.delivery_id = d.id and t.started_at between d.created_at - interval '1 day' and d.updated_at + interval '1 day'
      order by t.id desc limit 200) a),
  '[]'), 'receipts', coalesce((
    select json_agg(json_build_object(
        'attempt', r.attempt, 'event', r.event, 'at', messaging.iso(r.occurred_at), 'receivedAt', messaging.iso(r.received_at),
        'provider', r.provider, 'detail', r.detail) order by r.occurred_at, r.received_at, r.event_id)
    from (
      select * from messaging.delivery_receipts t where t.delivery_id = d.id
      order by t.occurred_at desc, t.received_at desc, t.event_id desc limit 200) r),
  '[]')) as text) as attempts
from messaging.deliveries d
where d.id = cast(:#${variable.input.values[id]} as uuid)
