-- Many deliveries that are not sent any more, the oldest first, if they are still as many as whoever asks was shown. What waits with a
-- lead that nobody has looked at yet is left alone: it goes out when the lead is released, or is cancelled with it.
with input as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(body ->> 'expectedCount' as numeric) as expected,
    'Cancelled by ' || cast(:#${variable.caller.name} as text) || ': ' || (body ->> 'reason') as note
  from (select cast(:#${variable.input.body} as jsonb) as body) request
),
matching as materialized (
  select d.id, case when d.held_reason = 'quarantine' then 'quarantine' else d.state end as state, d.created_at
  from messaging.matching(cast(:#${variable.input.filter} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) d
),
total as (
  select count(*) as count, count(*) filter (where state in ('pending', 'held')) as movable from matching
),
locked as materialized (
  select d.id, d.state
  from messaging.deliveries d
  where d.id in (
      select matching.id from matching where matching.state in ('pending', 'held')
      order by matching.created_at, matching.id limit 10000)
    and d.state in ('pending', 'held') and d.held_reason is distinct from 'quarantine'
    and (select total.count = input.expected from total, input)
  for update of d skip locked
),
cancelled as (
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = input.note, ended_at = input.at, updated_at = input.at
  from locked, input
  where d.id = locked.id
  returning d.id, d.business_id, d.message_id, d.channel, locked.state as was
),
announced as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select cancelled.business_id, cancelled.message_id, 'delivery.updated',
    jsonb_build_object('delivery', cancelled.id, 'channel', cancelled.channel, 'state', 'cancelled', 'from', cancelled.was,
      'by', cast(:#${variable.caller.name} as text), 'reason', input.note),
    input.at
  from cancelled, input
  where cancelled.message_id is not null and set_config('messaging.announced', 'deliveries', true) is not null
)
select total.count as matching, (select count(*) from cancelled) as changed, input.expected = total.count as as_expected,
  cast(null as text) as channels,
  cast(json_build_object('matching', total.count, 'changed', (select count(*) from cancelled),
    'remaining', total.movable - (select count(*) from cancelled)) as text) as answer
from total, input
