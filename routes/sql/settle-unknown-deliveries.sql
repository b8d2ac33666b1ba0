-- On channels that cost or annoy, a delivery whose worker died while sending is not sent again: it counts as sent, marked as
-- unknown, because it may well have arrived.
update messaging.deliveries
set state = 'sent', outcome_unknown = true, leased_by = null, lease_until = null,
  last_error = 'The service stopped while this was being sent; whether it arrived is not known',
  ended_at = cast(:#${bean:now} as timestamptz), updated_at = cast(:#${bean:now} as timestamptz)
where state = 'sending'
  and coalesce(lease_until, next_attempt_at) <= cast(:#${bean:now} as timestamptz)
  and channel = any (string_to_array(:#${variable.neverResent}, ','))
