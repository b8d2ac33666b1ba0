-- Records the outcomes of attempts, many at once: each delivery's new state, every request that was made, an event once it is over,
-- and whether its subscription fails. Only the holder of the lease may change a delivery, also where the sweep has meanwhile given it up
-- and nobody else has taken it; its requests are recorded in any case, they were made. The lead itself is no part of this: triggers show
-- the change on a lead that nobody has locked, and leave it for later where somebody has.
with impatient as materialized (
  -- A row that somebody has locked is not waited for with the delivery in hand: others are recorded first.
  select set_config('lock_timeout', '200', true) as setting
),
outcome as (
  select o.*,
    -- What is to be tried again waits with the rest of a target that was switched off meanwhile, or is by this.
    case
      when o.gone and o.cause <> 'test' and s.id is not null or waits and s.disabled_at is not null then 'disabled'
      when waits and not coalesce(w.is_enabled, c.is_enabled) then 'channel off'
    end as held
  from impatient
  cross join jsonb_to_recordset(cast(:#outcomes as jsonb)) as o (
    id uuid, "businessId" uuid, cause text, "queueId" uuid, attempt integer, "leasedBy" text, recipient text, state text,
    "nextAttemptAt" timestamptz, "endedAt" timestamptz, "receiptDueAt" timestamptz, provider text, "providerRef" text,
    error text, unknown boolean, gone boolean, requests jsonb)
  left join messaging.webhook_subscriptions s on s.id = o."queueId"
  left join public.message_channels c on c.id = o."queueId"
  left join lateral (
    select each.is_enabled from public.message_channels each
    where each.business_id = s.business_id and each.channel_type = 'webhook' limit 1) w on true
  cross join lateral (select o.state = 'pending' and not messaging.is_asked_for(o.cause) as waits) again
  where impatient.setting <> ''
),
recorded as (
  update messaging.deliveries d
  set state = case when o.held is null then o.state else 'held' end, held_reason = o.held,
    next_attempt_at = coalesce(o."nextAttemptAt", d.next_attempt_at),
    ended_at = case when o.held is null then o."endedAt" end, receipt_due_at = o."receiptDueAt",
    provider = o.provider, provider_ref = coalesce(o."providerRef", d.provider_ref), last_error = o.error,
    outcome_unknown = o.unknown,
    leased_by = null, lease_until = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from outcome o
  -- Each by its key: a condition on states would invite to read all that have ever failed.
  where d.id = o.id and d.attempts = o.attempt
    and case d.state
      when 'sending' then d.leased_by = o."leasedBy"
      when 'unknown' then d.receipt_due_at is not null or o.state in ('sent', 'delivered')
      else false end
  returning d.id
),
logged as (
  insert into messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome, status_code,
    answer, error, provider, recipient)
  select o.id, o."businessId", o.attempt, request."startedAt", request."durationMs", request.outcome, request."statusCode",
    request.answer, request.error, o.provider, o.recipient
  from outcome o
  join messaging.deliveries known on known.id = o.id
  cross join lateral jsonb_to_recordset(o.requests) as request (
    "startedAt" timestamptz, "durationMs" integer, outcome text, "statusCode" integer, answer text, error text)
),
result as (
  select o."queueId", bool_or(o.state = 'delivered') as succeeded, bool_or(o.gone) as gone
  from outcome o
  where o.cause <> 'test'
  group by o."queueId"
),
removed as (
  -- A browser that has ended its subscription cannot be reached any more.
  delete from messaging.push_devices p
  using outcome o
  where o.gone and p.id = o."queueId"
),
watched as (
  update messaging.webhook_subscriptions s
  set failing_since = case when not result.succeeded then coalesce(s.failing_since, cast(:#${bean:now?method=moment} as timestamptz)) end,
    disabled_at = case when result.gone or not result.succeeded and s.failing_since <= cast(:#${bean:now?method=moment} as timestamptz)
      - cast(:#${bean:outcomeQueue?method=disableAfter} as interval) then cast(:#${bean:now?method=moment} as timestamptz) end,
    disabled_reason = case when result.gone then 'gone' when not result.succeeded and s.failing_since <= cast(:#${bean:now?method=moment} as timestamptz)
      - cast(:#${bean:outcomeQueue?method=disableAfter} as interval) then 'failing' end,
    updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from result
  where s.id = result."queueId" and s.disabled_at is null
    and (result.gone or result.succeeded and s.failing_since is not null
      or not result.succeeded and (s.failing_since is null or s.failing_since <= cast(:#${bean:now?method=moment} as timestamptz)
        - cast(:#${bean:outcomeQueue?method=disableAfter} as interval)))
)
select id from recorded
