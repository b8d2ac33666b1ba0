-- How much is held for a subscription, and since when; no row where it is not the caller's.
select count(d.id) as count, messaging.iso(min(d.created_at)) as oldest_at,
  cast(extract(epoch from greatest(cast(:#${bean:now?method=moment} as timestamptz), min(d.created_at)) - min(d.created_at)) as bigint) as age
from messaging.webhook_subscriptions s
left join messaging.deliveries d on d.lane = s.id and d.state = 'held'
where s.id = cast(:#${variable.input.values[id]} as uuid)
group by s.id
