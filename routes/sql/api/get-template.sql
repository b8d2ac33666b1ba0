-- One template.
select cast(messaging.shown(t) as text) as template
from messaging.templates t
where t.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
  and t.business_id = cast(:#${variable.caller.businessId} as uuid)
