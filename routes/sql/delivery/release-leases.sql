-- The embedded database serves one process only: whatever is still leased at its start belongs to a process that is gone.
update messaging.deliveries
set lease_until = cast(:#${bean:now?method=moment} as timestamptz), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where state = 'sending' and leased_by <> :#${bean:instance?method=name}
