-- Every call on the wire that was made for a delivery, the newest last; of more than 200 the newest. They are looked for in the months of
-- the delivery only, with a day for clocks that differ.
select cast(json_build_object('items', coalesce((
    select json_agg(json_build_object(
        'attempt', a.attempt, 'startedAt', messaging.iso(a.started_at), 'durationMs', a.duration_ms, 'outcome', a.outcome,
        'statusCode', a.status_code, 'provider', a.provider, 'recipient', a.recipient, 'answer', a.answer, 'error', a.error) order by a.id)
    from (
      select * from messaging.delivery_attempts t
      where t.delivery_id = d.id and t.started_at between d.created_at - interval '1 day' and d.updated_at + interval '1 day'
      order by t.id desc limit 200) a),
  '[]')) as text) as attempts
from messaging.deliveries d
where d.id = cast(:#${variable.input.values[id]} as uuid)
