-- The caller's own devices in this business, the newest first, and the key that a browser subscribes with.
select cast(json_build_object('publicKey', cast(:#${bean:pushKey?method=publicKey} as text), 'devices', (
  select coalesce(json_agg(messaging.shown_push_device(d.id, d.label, d.created_at) order by d.created_at desc, d.id), '[]')
  from messaging.push_devices d
  where d.business_id = cast(:#${variable.caller.businessId} as uuid) and d.person_id = cast(:#${variable.caller.id} as uuid))) as text)
