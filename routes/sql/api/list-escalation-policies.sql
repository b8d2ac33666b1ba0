-- The escalation policies of a business, in the order in which they are tried.
select cast(json_build_object('policies', coalesce(json_agg(messaging.shown(p) order by p.position, p.created_at, p.id), '[]')) as text) as policies
from messaging.escalation_policies p
where p.business_id = cast(:#${variable.caller.businessId} as uuid)
