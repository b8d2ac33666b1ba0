-- A reply as the thread shows it.
select cast(messaging.shown(e) as text) as entry
from messaging.thread_entries e
where e.id = cast(:#${variable.id} as uuid) and e.business_id = cast(:#${variable.caller.businessId} as uuid)
