-- Records what became of an attempt: the delivery's new state, every call on the wire, and an event once it is over.
-- Only the holder of the lease may settle; the calls are kept in any case, because they were made.
with settled as (
  update messaging.deliveries d
  set state = :#${variable.outcome.state},
    next_attempt_at = coalesce(cast(:#${variable.outcome.nextAttemptAt} as timestamptz), d.next_attempt_at),
    ended_at = cast(:#${variable.outcome.endedAt} as timestamptz),
    provider = :#${variable.settings.provider},
    provider_ref = coalesce(:#${variable.outcome.providerRef}, d.provider_ref),
    last_error = :#${variable.outcome.error},
    outcome_unknown = cast(:#${variable.outcome.unknown} as boolean),
    recipient = coalesce(d.recipient, :#${variable.delivery.recipient}),
    leased_by = null, lease_until = null, updated_at = cast(:#${bean:now} as timestamptz)
  where d.id = cast(:#${variable.delivery.id} as uuid) and d.state = 'sending'
    and d.leased_by = :#${variable.delivery.leasedBy} and d.attempts = cast(:#${variable.delivery.attempt} as integer)
  returning d.id, d.business_id, d.message_id, d.channel, d.state
),
called as (
  insert into messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome, status_code,
    answer, error)
  select cast(:#${variable.delivery.id} as uuid), cast(:#${variable.delivery.businessId} as uuid),
    cast(:#${variable.delivery.attempt} as integer), call."startedAt", call."durationMs", call.outcome, call."statusCode",
    call.answer, call.error
  from jsonb_to_recordset(cast(:#${variable.callLog} as jsonb)) as call (
    "startedAt" timestamptz, "durationMs" integer, outcome text, "statusCode" integer, answer text, error text)
),
announced as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, message_id, 'delivery.updated',
    jsonb_build_object('delivery', id, 'channel', channel, 'state', state), cast(:#${bean:now} as timestamptz)
  from settled
  where message_id is not null and state <> 'pending'
)
select id from settled
