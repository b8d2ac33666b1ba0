-- Makes the recipient that was just confirmed the one that leads go to; what waited for it is released by a trigger. Only an address with
-- a confirmation of the caller's business gets through.
insert into public.message_channels as m (business_id, channel_type, is_enabled, config, updated_at)
select c.business_id, c.channel, false, jsonb_build_object('to', c.address), cast(:#${bean:now?method=moment} as timestamptz)
from messaging.confirmations c
where c.id = cast(:#${variable.confirmation} as uuid) and c.business_id = cast(:#${variable.caller.businessId} as uuid)
  and c.member_id is null and c.confirmed_at is not null
on conflict (business_id, channel_type) do update
set config = m.config || excluded.config, updated_at = excluded.updated_at
returning channel_type
