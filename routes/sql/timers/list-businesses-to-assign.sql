-- The businesses with an assignment rule that have events behind their position, or a lead whose member has not acted in time: one look
-- by index for each of them, and nothing for businesses without a rule.
select cast(p.business_id as text) as business
from messaging.event_readers p
cross join lateral (
  select from messaging.message_events e
  where e.business_id = p.business_id and (e.tx, e.id) > (p.tx, p.event_id)
    and e.tx < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()))
  limit 1) news
where p.reader = 'assignment'
union
select cast(p.business_id as text)
from messaging.event_readers p
cross join lateral (
  select from messaging.reassignments w
  where w.business_id = p.business_id and w.due_at <= cast(:#${bean:now?method=moment} as timestamptz)
  limit 1) due
where p.reader = 'assignment'
