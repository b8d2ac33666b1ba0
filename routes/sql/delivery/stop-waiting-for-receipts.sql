-- No receipt came for what may or may not have arrived: from here on the fallback channel takes over, by a trigger. A part at a time, since
-- the triggers of one statement compare each of its rows with each.
update messaging.deliveries
set receipt_due_at = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where id = any (array(
  select id from messaging.deliveries
  where receipt_due_at <= cast(:#${bean:now?method=moment} as timestamptz)
  order by receipt_due_at limit 500 for update skip locked))
