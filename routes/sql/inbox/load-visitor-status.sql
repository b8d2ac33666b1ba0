-- What the status page of a visitor shows of their lead: how far it is, and nothing personal. No row if it was deleted.
select cast(json_build_object('businessId', m.business_id, 'business', b.name, 'timeZone', b.time_zone, 'reference', messaging.reference(m.id),
  'status', coalesce(m.status, 'unread'), 'outcome', m.call_outcome, 'dueAt', messaging.iso(m.due_at)) as text) as found
from public.messages m
cross join lateral (
  select coalesce(bs.name, to_jsonb(o) ->> 'name') as name, coalesce(bs.time_zone, 'UTC') as time_zone
  from public.businesses o left join messaging.business_settings bs on bs.business_id = o.id
  where o.id = m.business_id) b
where m.id = cast(:#${variable.lead} as uuid)
