-- Sends a code to a new recipient of a channel, unless it needs none, and says what became of it. A recipient that is taken away gives
-- up what waits.
select messaging.begin_confirmation(cast(:#${variable.caller.businessId} as uuid), null, :#${variable.subject},
  cast(:#${variable.recipient.open} as text), cast(:#${bean:confirmations?method=rules} as jsonb),
  cast(:#${bean:now?method=moment} as timestamptz)) as outcome
