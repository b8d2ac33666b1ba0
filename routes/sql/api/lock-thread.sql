-- One reply to a lead at a time until the end of the transaction, so that each knows of the one before, and the lead stays as it is.
select cast(m.id as text) as id
from public.messages m
where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
for no key update
