-- The channels that have something due: one look into the index per channel, however long the backlog is.
with recursive channels as (
  (select d.channel from messaging.deliveries d where d.state in ('pending', 'sending') order by d.channel limit 1)
  union all
  select (
    select d.channel from messaging.deliveries d
    where d.state in ('pending', 'sending') and d.channel > channels.channel order by d.channel limit 1)
  from channels
  where channels.channel is not null
)
select channels.channel
from channels
where exists (
  select from messaging.deliveries d
  where d.channel = channels.channel and d.state in ('pending', 'sending')
    and coalesce(d.lease_until, d.next_attempt_at) <= cast(:#${bean:now} as timestamptz))
