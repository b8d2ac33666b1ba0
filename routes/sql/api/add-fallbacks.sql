-- The lists of fallbacks that a business asked for.
insert into messaging.fallbacks (business_id, channel, position, fallback)
select cast(:#${variable.caller.businessId} as uuid), list.key, fallback.position, fallback.value
from jsonb_each(cast(:#${variable.input.body} as jsonb) -> 'fallbacks') as list
cross join jsonb_array_elements_text(list.value) with ordinality as fallback (value, position)
