-- A test delivery to one of the caller's own devices. No row comes back where there is no such device.
insert into messaging.deliveries as t (id, business_id, cause, channel, target_id, attempt_limit, payload, next_attempt_at, created_at,
  updated_at)
select gen_random_uuid(), d.business_id, 'test', 'push', d.id, 1,
  jsonb_build_object('at', messaging.iso(input.at), 'by', cast(:#${variable.caller.name} as text)), input.at, input.at, input.at
from messaging.push_devices d
cross join (select cast(:#${bean:now?method=moment} as timestamptz) as at) input
where d.id = cast(:#${variable.input.values[id]} as uuid) and d.business_id = cast(:#${variable.caller.businessId} as uuid)
  and d.person_id = cast(:#${variable.caller.id} as uuid)
returning cast(messaging.shown(t) as text)
