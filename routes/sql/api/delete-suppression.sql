-- Lets the caller's business write to an address again. One row where there was such a suppression.
delete from messaging.suppressions s
where s.id = cast(:#${variable.input.values[id]} as uuid) and s.business_id = cast(:#${variable.caller.businessId} as uuid)
returning cast(json_build_object('id', s.id) as text) as deleted
