-- One of the caller's own devices.
select cast(messaging.shown_push_device(d.id, d.label, d.created_at) as text)
from messaging.push_devices d
where d.id = cast(:#${variable.id} as uuid) and d.business_id = cast(:#${variable.caller.businessId} as uuid)
  and d.person_id = cast(:#${variable.caller.id} as uuid)
