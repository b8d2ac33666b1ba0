-- Adds the hours that were given and are not there yet.
insert into messaging.business_hours (business_id, weekday, opens, closes)
select cast(:#${variable.caller.businessId} as uuid), cast(n.weekday as smallint), n.opens, n.closes
from jsonb_to_recordset(cast(:#${variable.input.body} as jsonb) -> 'businessHours') as n (weekday numeric, opens time, closes time)
on conflict do nothing
