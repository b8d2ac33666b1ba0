-- One escalation policy.
select cast(messaging.shown(p) as text) as policy
from messaging.escalation_policies p
where p.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
  and p.business_id = cast(:#${variable.caller.businessId} as uuid)
