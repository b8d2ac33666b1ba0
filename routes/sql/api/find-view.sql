-- Whether the view that is to be changed is everybody's; no row where the caller sees none.
select v.owner_id is null as shared
from messaging.saved_views v
where v.business_id = cast(:#${variable.caller.businessId} as uuid) and v.id = cast(:#${variable.input.values[id]} as uuid)
