-- No receipt came for what may or may not have arrived: from here on the fallback channel takes over, by a trigger.
update messaging.deliveries
set receipt_due_at = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where receipt_due_at <= cast(:#${bean:now?method=moment} as timestamptz)
