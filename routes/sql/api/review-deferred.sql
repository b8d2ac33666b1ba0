-- Deferred notifications are due at once when the settings of their business have changed: where it is quiet still, they wait on until the
-- new end.
update messaging.deliveries d
set next_attempt_at = cast(:#${bean:now?method=moment} as timestamptz)
where d.business_id = cast(:#${variable.caller.businessId} as uuid) and d.state = 'held' and d.held_reason = 'quiet hours'
