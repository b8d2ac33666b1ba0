-- What the badge shows: leads that nobody has read, those that nobody has acknowledged, and those that are held until somebody has
-- looked. With it what of the database the count saw.
select cast(json_build_object(
    'unread', messaging.count_messages('{"status": ["unread"]}', 10000),
    'waiting', messaging.count_messages('{"status": ["unread", "read"]}', 10000),
    'quarantined', messaging.count_messages('{"quarantined": true, "status": ["unread", "read"]}', 10000)) as text) as counts,
  cast(pg_current_snapshot() as text) as snapshot, messaging.epoch_start() as epoch, cast(null as text) as changes_at
