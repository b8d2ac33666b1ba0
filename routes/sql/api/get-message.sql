-- One lead with all that happened to it, the oldest first, what it owes, and what was said; of more than 500 events the newest.
select cast(cast(messaging.shown(m) as jsonb) || jsonb_build_object(
    'timeline', coalesce((
      select jsonb_agg(jsonb_build_object('type', e.type, 'data', e.data, 'at', messaging.iso(e.created_at)) order by e.tx, e.id)
      from (
        select * from messaging.message_events t
        where t.message_id = m.id and t.business_id = m.business_id order by t.id desc limit 500) e), '[]'),
    'deliveries', coalesce((
      select jsonb_agg(messaging.shown(d) order by d.created_at, d.id)
      from messaging.deliveries d where d.message_id = m.id and d.business_id = m.business_id), '[]'),
    'escalation', messaging.escalation_of(m),
    'thread', coalesce((
      select jsonb_agg(messaging.shown(e) order by e.created_at, e.id)
      from messaging.thread_entries e where e.message_id = m.id and e.business_id = m.business_id), '[]')) as text) as message
from public.messages m
where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
