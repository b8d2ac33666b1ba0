-- The channels of a business as people see them, by name.
select cast(json_build_object('channels', coalesce(json_agg(c.channel order by c.type), '[]')) as text) as channels
from messaging.channels_of(cast(:#${variable.caller.businessId} as uuid), cast(:#${bean:channelRules?method=configured} as jsonb)) c
