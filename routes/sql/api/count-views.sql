-- How many leads each view of the inbox shows, the saved ones of the caller too; with it what of the database the count saw, and when
-- the next lead becomes overdue by itself.
with now as (
  select jsonb_build_object('now', cast(:#${bean:now?method=moment} as text)) as at
)
select cast(json_build_object(
    'unread', messaging.count_messages('{"status": ["unread"]}', 10000),
    'waiting', messaging.count_messages('{"status": ["unread", "read"]}', 10000),
    'mine', messaging.count_messages('{"assignee": "me", "status": ["unread", "read", "acknowledged"]}', 10000),
    'unassigned', messaging.count_messages('{"assignee": "nobody", "status": ["unread", "read"]}', 10000),
    'overdue', messaging.count_messages(now.at || '{"overdue": true}', 10000),
    'all', messaging.count_messages('{}', 10000),
    'archived', messaging.count_messages('{"status": ["archived"]}', 10000),
    'quarantined', messaging.count_messages('{"quarantined": true, "status": ["unread", "read"]}', 10000),
    'views', coalesce((
      select json_object_agg(v.id, messaging.count_messages(now.at || v.filter, 1000))
      from (
        select s.id, s.filter from messaging.saved_views s
        where s.business_id = cast(:#${variable.caller.businessId} as uuid) order by s.position, s.id limit 50) v), '{}')) as text) as counts,
  cast(pg_current_snapshot() as text) as snapshot, messaging.epoch_start() as epoch,
  (select messaging.iso(min(m.due_at)) from public.messages m
    where m.business_id = cast(:#${variable.caller.businessId} as uuid) and m.status in ('unread', 'read')
      and m.due_at >= cast(:#${bean:now?method=moment} as timestamptz)) as changes_at
from now
