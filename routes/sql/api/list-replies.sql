-- What was said to a lead and what they said, the oldest first.
select cast(jsonb_build_object('thread', coalesce((
  select jsonb_agg(messaging.shown(e) order by e.created_at, e.id)
  from messaging.thread_entries e where e.message_id = m.id and e.business_id = m.business_id), '[]')) as text) as thread
from public.messages m
where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
