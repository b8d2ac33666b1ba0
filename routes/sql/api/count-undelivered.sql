-- What has not arrived, as one count, and where to look. Asked for a caller it is about their business, asked by the worker
-- about all of them: the same statement is behind the answer of the API and the metrics.
with moment as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at
),
undelivered as (
  select u.channel, case when u.state in ('held', 'failed', 'unknown') then u.state else 'late' end as state, u.created_at
  from moment cross join lateral messaging.undelivered(moment.at) u
),
due as (
  -- Also what is due for a moment only: how long the one waits that waits longest.
  select d.channel, min(coalesce(d.lease_until, d.next_attempt_at)) as since
  from messaging.deliveries d
  where d.state in ('pending', 'sending')
  group by d.channel
),
channel as (
  select channel, count(*) as count, count(*) filter (where state = 'failed') as failed,
    count(*) filter (where state = 'held') as held, count(*) filter (where state = 'unknown') as unknown,
    count(*) filter (where state = 'late') as late, min(created_at) as oldest
  from undelivered
  group by channel
)
select cast(json_build_object(
  'count', (select count(*) from undelivered),
  'unreachedLeads', (select count(*) from public.messages m where m.unreached_since is not null),
  'channels', coalesce(json_agg(json_build_object('channel', channel, 'count', coalesce(c.count, 0), 'failed', coalesce(c.failed, 0),
      'held', coalesce(c.held, 0), 'unknown', coalesce(c.unknown, 0), 'late', coalesce(c.late, 0), 'oldest', messaging.iso(c.oldest),
      'dueSince', case when due.since <= moment.at then messaging.iso(due.since) end) order by channel)
    filter (where channel is not null), '[]')) as text) as figures
from moment
left join (channel c full join due using (channel)) on true
group by moment.at
