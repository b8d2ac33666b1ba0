-- Stores an address of the caller's own that is confirmed. Callers have no right to do it themselves, so this runs as the worker, after the
-- code was compared or none was asked for.
insert into messaging.member_addresses as a (business_id, user_id, channel, address, confirmed_at, created_at, updated_at)
select cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid), :#${variable.input.values[type]},
  cast(:#${variable.address} as text), at, at, at
from (select cast(:#${bean:now?method=moment} as timestamptz) as at) now
on conflict (business_id, user_id, channel) do update
set address = excluded.address, confirmed_at = excluded.confirmed_at, updated_at = excluded.updated_at
