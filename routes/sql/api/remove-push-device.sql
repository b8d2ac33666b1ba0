-- Removes one of the caller's own devices: it receives nothing any more.
delete from messaging.push_devices d
where d.id = cast(:#${variable.input.values[id]} as uuid) and d.business_id = cast(:#${variable.caller.businessId} as uuid)
  and d.person_id = cast(:#${variable.caller.id} as uuid)
returning cast(d.id as text)
