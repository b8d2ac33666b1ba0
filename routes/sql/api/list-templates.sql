-- All templates of a business, by channel and name; those of one channel where one was named.
select cast(json_build_object('templates', coalesce(json_agg(messaging.shown(t) order by t.channel, lower(t.name), t.id), '[]')) as text)
  as templates
from messaging.templates t
where t.business_id = cast(:#${variable.caller.businessId} as uuid)
  and t.channel = coalesce(cast(:#${variable.input.values[channel]} as text), t.channel)
