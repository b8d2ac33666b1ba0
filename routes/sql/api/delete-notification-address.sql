-- Forgets an address of the caller's own, and what waits for its code.
with pending as (
  select messaging.begin_confirmation(cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid),
    :#${variable.input.values[type]}, null, cast(:#${bean:confirmations?method=rules} as jsonb),
    cast(:#${bean:now?method=moment} as timestamptz)) as outcome
),
forgotten as (
  delete from messaging.member_addresses a
  where a.business_id = cast(:#${variable.caller.businessId} as uuid) and a.user_id = cast(:#${variable.caller.id} as uuid)
    and a.channel = :#${variable.input.values[type]}
)
select pending.outcome from pending
