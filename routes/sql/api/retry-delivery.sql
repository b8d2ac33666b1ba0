-- A person decided that a delivery is sent again: due now, its schedule begun anew, under the same id. Not while it is being
-- sent: its worker would record an outcome that no longer counts.
with input as (
  select d.id, d.state, d.state = 'held' and d.held_reason = 'quarantine' as in_quarantine
  from messaging.deliveries d
  where d.id = cast(:#${variable.input.values[id]} as uuid)
),
retried as (
  update messaging.deliveries d
  set state = 'pending', held_reason = null, attempts_before = d.attempts, next_attempt_at = cast(:#${bean:now?method=moment} as timestamptz),
    receipt_due_at = null, outcome_unknown = false, ended_at = null, covered_by = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input
  where d.id = input.id and d.state <> 'sending' and input.in_quarantine is not true
  returning d.id, d.business_id, d.message_id, d.channel, input.state as was, messaging.shown(d) as shown
),
announced as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, message_id, 'delivery.updated',
    jsonb_build_object('delivery', id, 'channel', channel, 'state', 'pending', 'from', was, 'by', cast(:#${variable.caller.name} as text)),
    cast(:#${bean:now?method=moment} as timestamptz)
  from retried
  where message_id is not null and set_config('messaging.announced', 'deliveries', true) is not null
)
select input.state, input.in_quarantine, retried.channel as channels, cast(retried.shown as text) as answer
from input
left join retried on retried.id = input.id
