-- A person decided that a delivery is not sent. That it was owed stays on record, and who took it back and why.
with input as (
  select d.id, d.state, d.state = 'held' and d.held_reason = 'quarantine' as in_quarantine,
    'Cancelled by ' || cast(:#${variable.caller.name} as text) || ': ' || (cast(:#${variable.input.body} as jsonb) ->> 'reason') as note
  from messaging.deliveries d
  where d.id = cast(:#${variable.input.values[id]} as uuid)
),
cancelled as (
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = input.note, ended_at = cast(:#${bean:now?method=moment} as timestamptz),
    updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input
  where d.id = input.id and d.state in ('pending', 'held') and input.in_quarantine is not true
  returning d.id, d.business_id, d.message_id, d.channel, input.state as was, d.last_error, messaging.shown(d) as shown
),
announced as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, message_id, 'delivery.updated',
    jsonb_build_object('delivery', id, 'channel', channel, 'state', 'cancelled', 'from', was, 'by',
      cast(:#${variable.caller.name} as text), 'reason', last_error),
    cast(:#${bean:now?method=moment} as timestamptz)
  from cancelled
  where message_id is not null and set_config('messaging.announced', 'deliveries', true) is not null
)
select input.state, input.in_quarantine, cast(null as text) as channels, cast(cancelled.shown as text) as answer
from input
left join cancelled on cancelled.id = input.id
