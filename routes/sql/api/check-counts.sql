-- Whether something has happened in the caller's business that a count did not see. What the count saw is its snapshot: an event
-- that was not visible in it, however early its transaction began, is news. A snapshot is of one cluster, so one of another epoch is old.
select messaging.epoch_start() <> cast(:#${variable.known.epoch} as bigint) or exists (
  select from messaging.message_events e
  where e.business_id = cast(:#${variable.caller.businessId} as uuid)
    and e.tx >= messaging.place_of(pg_snapshot_xmin(cast(:#${variable.known.snapshot} as pg_snapshot)))
    and not pg_visible_in_snapshot(messaging.transaction_at(e.tx), cast(:#${variable.known.snapshot} as pg_snapshot))) as has_news
