-- One delivery as its business sees it.
select cast(messaging.shown(d) as text) as delivery
from messaging.deliveries d
where d.id = cast(:#${variable.input.values[id]} as uuid)
