-- Stores a device of the caller. One that subscribed before is stored anew: its keys may have changed. No row comes back where the
-- caller has ten others.
with input as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.caller.id} as uuid) as person_id,
    cast(:#${variable.device.label} as text) as label, decode(:#${variable.device.hash}, 'hex') as endpoint_hash,
    cast(:#${variable.device.sealed} as text) as device, cast(:#${bean:now?method=moment} as timestamptz) as at
)
insert into messaging.push_devices as d (business_id, person_id, label, endpoint_hash, device, created_at)
select input.* from input
where 10 > (
  select count(*) from messaging.push_devices other
  where other.business_id = input.business_id and other.person_id = input.person_id and other.endpoint_hash <> input.endpoint_hash)
on conflict (business_id, person_id, endpoint_hash) do update set (label, device) = (select input.label, input.device from input)
returning cast(d.id as text) as id
