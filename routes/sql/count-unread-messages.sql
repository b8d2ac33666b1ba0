-- What the badge shows: leads that nobody has read, and those that are held until somebody has looked.
select cast(json_build_object(
    'unread', count(*) filter (where m.status = 'unread' and m.quarantined_at is null),
    'waiting', count(*) filter (where m.status in ('unread', 'read') and m.quarantined_at is null),
    'quarantined', count(*) filter (where m.quarantined_at is not null)) as text) as counts
from public.messages m
where m.business_id = cast(:#${variable.caller.businessId} as uuid)
  and m.status in ('unread', 'read')
