-- Replaces the limits that the operator sets for the business of the key.
select messaging.limit_sms(cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid),
  cast(:#${variable.input.body} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) as is_set
