-- The target queues that have something due on one channel, those that wait longest first: a few index scans per queue with
-- anything open, however long it is. Of many queues only eight rows each are counted: a claim takes no more than a batch of all of
-- them, and `more` says whether there are others. A target that is off is due for nothing but what a person has requested, even while
-- its other deliveries are not yet held. Of a target with a rate limit as many are due as it allows. Where the events of a
-- lead are sent in order, one is due when those before it have ended. A queue is identified by the column deliveries.lane.
with recursive queue as (
  (select d.business_id, d.lane from messaging.deliveries d
   where d.channel = :#${variable.channel} and d.state in ('pending', 'sending')
   order by d.business_id, d.lane limit 1)
  union all
  select next.business_id, next.lane
  from queue
  cross join lateral (
    select d.business_id, d.lane from messaging.deliveries d
    where d.channel = :#${variable.channel} and d.state in ('pending', 'sending')
      and (d.business_id, d.lane) > (queue.business_id, queue.lane)
    order by d.business_id, d.lane limit 1) next
),
counted as (
  select least(batch.size, greatest(8, 8 * batch.size / count(*))) as most
  from queue
  cross join (select cast(:#${variable.settings.batch} as integer) as size) batch
  group by batch.size
)
select queue.business_id, queue.lane as queue_id, least(due.deliveries, target.allowed) as deliveries,
  target.allowed is null and due.deliveries = (select most from counted) as more,
  -- Of a secret URL the host is known, which all that go there share.
  coalesce(target.url, case when starts_with(k.shown, 'http') then k.shown end) as url
from queue
cross join lateral (
  select t.state = 'on' as is_on, t.url, t.is_ordered,
    messaging.rate_allows(t.rate_limit, t.next_send_at, cast(:#${bean:now?method=moment} as timestamptz)) as allowed
  from messaging.target(:#${variable.channel}, queue.business_id, queue.lane) t offset 0
) target
cross join lateral (
  select count(*) as deliveries, min(waits.since) as since
  from (
    select coalesce(d.lease_until, d.next_attempt_at) as since
    from messaging.deliveries d
    where d.channel = :#${variable.channel} and d.business_id = queue.business_id and d.lane = queue.lane
      and d.state in ('pending', 'sending')
      and coalesce(d.lease_until, d.next_attempt_at) <= cast(:#${bean:now?method=moment} as timestamptz)
      and (d.state = 'pending' or d.lease_until <= cast(:#${bean:leases?method=lostBefore} as timestamptz))
      and (target.is_on or messaging.is_asked_for(d.cause))
      and (not target.is_ordered or not exists (
        select from messaging.deliveries earlier
        where earlier.message_id = d.message_id and earlier.channel = d.channel and earlier.lane = d.lane
          and earlier.state in ('pending', 'sending', 'held') and coalesce(earlier.event_id, 0) < coalesce(d.event_id, 0)))
    order by coalesce(d.lease_until, d.next_attempt_at)
    limit (select most from counted)) waits
) due
left join lateral (select k.shown from messaging.channel_secrets k where target.url is null and k.channel_id = queue.lane limit 1) k on true
where due.deliveries > 0 and coalesce(target.allowed, 1) > 0
order by due.since
