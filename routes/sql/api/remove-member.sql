-- Ends a membership. It is asked for with each request, so access ends with it.
delete from messaging.business_members
where business_id = cast(:#${variable.caller.businessId} as uuid) and user_id = cast(:#${variable.input.values[id]} as uuid)
returning cast(user_id as text) as id
