-- Targets whose deliveries do not agree with their switch, though nothing is moving them: written while the target was being switched, or
-- for a channel that an earlier version of the service did not know. Two looks into an index per target, however much it has waiting.
with recursive open as (
  (select d.channel, d.business_id, d.lane from messaging.deliveries d
   where d.state in ('pending', 'sending')
   order by d.channel, d.business_id, d.lane limit 1)
  union all
  select next.channel, next.business_id, next.lane
  from open
  cross join lateral (
    select d.channel, d.business_id, d.lane from messaging.deliveries d
    where d.state in ('pending', 'sending') and (d.channel, d.business_id, d.lane) > (open.channel, open.business_id, open.lane)
    order by d.channel, d.business_id, d.lane limit 1) next
),
waiting as (
  (select d.channel, d.business_id, d.lane from messaging.deliveries d
   where d.state = 'held' and d.held_reason <> 'quarantine'
   order by d.channel, d.business_id, d.lane limit 1)
  union all
  select next.channel, next.business_id, next.lane
  from waiting
  cross join lateral (
    select d.channel, d.business_id, d.lane from messaging.deliveries d
    where d.state = 'held' and d.held_reason <> 'quarantine'
      and (d.channel, d.business_id, d.lane) > (waiting.channel, waiting.business_id, waiting.lane)
    order by d.channel, d.business_id, d.lane limit 1) next
)
insert into messaging.switched_targets (lane, channel, business_id, next_due_at)
select open.lane, open.channel, open.business_id, cast(:#${bean:now?method=moment} as timestamptz)
from open
where messaging.target_state(open.channel, open.business_id, open.lane) <> 'on'
  and exists (
    select from messaging.deliveries d
    where d.channel = open.channel and d.business_id = open.business_id and d.lane = open.lane
      and d.state in ('pending', 'sending') and d.state = 'pending' and not messaging.is_asked_for(d.cause))
union
select waiting.lane, waiting.channel, waiting.business_id, cast(:#${bean:now?method=moment} as timestamptz)
from waiting
where messaging.target_state(waiting.channel, waiting.business_id, waiting.lane) in ('on', 'gone')
  and exists (
    select from messaging.deliveries d
    where d.channel = waiting.channel and d.business_id = waiting.business_id and d.lane = waiting.lane
      and d.state = 'held' and d.held_reason <> 'quarantine'
      and (d.held_reason in ('disabled', 'channel off', 'unconfirmed recipient')
        or d.held_reason = 'unknown channel' and d.channel = any (string_to_array(:#${bean:channels?method=names}, ','))))
on conflict (lane) do nothing
