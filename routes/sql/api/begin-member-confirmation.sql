-- Sends a code to a new address of the caller's own, unless it needs none, and says what became of it.
select messaging.begin_confirmation(cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid),
  :#${variable.input.values[type]}, cast(:#${variable.address} as text), cast(:#${bean:confirmations?method=rules} as jsonb),
  cast(:#${bean:now?method=moment} as timestamptz)) as outcome
