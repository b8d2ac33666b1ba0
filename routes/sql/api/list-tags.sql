-- The words that a business sorts its leads by, and how many of its newest ten thousand waiting leads bear each: what lies behind
-- these is not counted, so that a long queue costs no more than a short one.
with waiting as materialized (
  select m.tags, m.quarantined_at
  from public.messages m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid) and m.status in ('unread', 'read')
  order by m.created_at desc
  limit 10000
),
borne as (
  select tag as name, count(*) as waiting
  from waiting, unnest(waiting.tags) tag
  where waiting.quarantined_at is null
  group by tag
),
page as (
  select t.name
  from messaging.tags t
  where t.business_id = cast(:#${variable.caller.businessId} as uuid)
  order by t.name
  limit 1000
)
select cast(coalesce(json_agg(json_build_object('name', page.name, 'waiting', coalesce(borne.waiting, 0)) order by page.name), '[]') as text) as tags
from page
left join borne on borne.name = page.name
