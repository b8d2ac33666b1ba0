-- A member is back.
delete from messaging.absences
where business_id = cast(:#${variable.caller.businessId} as uuid) and member_id = cast(:#${variable.input.values[id]} as uuid)
returning cast(member_id as text) as id
