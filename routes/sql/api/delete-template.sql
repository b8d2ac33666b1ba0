-- Deletes a template; what was said with it stays said.
delete from messaging.templates
where id = cast(:#${variable.input.values[id]} as uuid) and business_id = cast(:#${variable.caller.businessId} as uuid)
returning cast(id as text)
