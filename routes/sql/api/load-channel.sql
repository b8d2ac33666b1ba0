-- One channel of a business as people see it.
select cast(c.channel as text) as channel
from messaging.channels_of(cast(:#${variable.caller.businessId} as uuid), cast(:#${bean:channelRules?method=configured} as jsonb)) c
where c.type = :#${variable.input.values[type]}
