-- Many deliveries that are sent again, the oldest first, if they are still as many as whoever asks was shown. Spread over time
-- where a pace is given, so that what comes back is not flooded. What is being sent, and what waits for its first attempt since
-- it was written or begun anew, is left alone; so is what somebody else is moving at this moment, and what belongs to a lead in
-- quarantine, which is sent when the lead is released.
with input as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(body ->> 'expectedCount' as numeric) as expected, cast(body ->> 'perMinute' as integer) as pace
  from (select cast(:#${variable.input.body} as jsonb) as body) request
),
matching as materialized (
  select d.id
  from messaging.matching(cast(:#${variable.input.filter} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) d
),
total as (
  select count(*) as count from matching
),
movable as materialized (
  select d.id, d.created_at
  from messaging.deliveries d
  where d.id in (select matching.id from matching)
    and (d.state not in ('pending', 'sending') or d.state = 'pending' and d.attempts > d.attempts_before)
    and d.held_reason is distinct from 'quarantine'
),
locked as materialized (
  select d.id, d.created_at, d.state
  from messaging.deliveries d
  where d.id in (select movable.id from movable order by movable.created_at, movable.id limit 10000)
    and (d.state not in ('pending', 'sending') or d.state = 'pending' and d.attempts > d.attempts_before)
    and (select total.count = input.expected from total, input)
  for update of d skip locked
),
placed as (
  select locked.id, locked.state, row_number() over (order by locked.created_at, locked.id) - 1 as place
  from locked
),
retried as (
  update messaging.deliveries d
  set state = 'pending', held_reason = null, attempts_before = d.attempts,
    next_attempt_at = input.at + coalesce(placed.place * interval '1 minute' / input.pace, interval '0'),
    receipt_due_at = null, outcome_unknown = false, ended_at = null, covered_by = null, updated_at = input.at
  from placed, input
  where d.id = placed.id
  returning d.id, d.business_id, d.message_id, d.channel, d.next_attempt_at, placed.state as was
),
announced as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select retried.business_id, retried.message_id, 'delivery.updated',
    jsonb_build_object('delivery', retried.id, 'channel', retried.channel, 'state', 'pending', 'from', retried.was,
      'by', cast(:#${variable.caller.name} as text)),
    input.at
  from retried, input
  where retried.message_id is not null and set_config('messaging.announced', 'deliveries', true) is not null
)
select total.count as matching, (select count(*) from retried) as changed, input.expected = total.count as as_expected,
  (select string_agg(distinct retried.channel, ',') from retried) as channels,
  cast(json_build_object('matching', total.count, 'changed', (select count(*) from retried),
    'remaining', (select count(*) from movable) - (select count(*) from retried),
    'lastDueAt', (select messaging.iso(max(next_attempt_at)) from retried)) as text) as answer
from total, input
