-- Whether there is such a lead in the caller's business; no row otherwise.
select cast(m.id as text) as id
from public.messages m
where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
