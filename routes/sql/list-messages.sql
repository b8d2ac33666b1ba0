-- One page of the caller's leads, the newest first, and where the next one begins: after the last row of this one. One row more
-- than a page is read to know whether there is a next. The business is named, so that its index gives the order.
with asked as (
  select cast(:#${variable.asked.filter} as jsonb) as f
),
found as (
  select m.id, m.created_at, messaging.shown(m) as shown
  from public.messages m, asked
  where m.business_id = cast(:#${variable.caller.businessId} as uuid)
    and (f ->> 'quarantined' = 'true') = (m.quarantined_at is not null)
    and ((f ->> 'status') is null or m.status = any (string_to_array(f ->> 'status', ',')))
    and ((f ->> 'funnel') is null or m.funnel_id = cast(f ->> 'funnel' as uuid))
    and ((f ->> 'from') is null or m.created_at >= cast(f ->> 'from' as timestamptz))
    and ((f ->> 'to') is null or m.created_at < cast(f ->> 'to' as timestamptz))
    and (m.created_at, m.id) < (cast(:#${variable.page.moment} as timestamptz), cast(:#${variable.page.id} as uuid))
  order by m.created_at desc, m.id desc
  limit cast(:#${variable.page.limit} as integer) + 1
),
page as (
  select * from found order by created_at desc, id desc limit cast(:#${variable.page.limit} as integer)
),
last as (
  select * from page order by created_at, id limit 1
)
select cast(coalesce((select json_agg(page.shown order by page.created_at desc, page.id desc) from page), '[]') as text) as items,
  to_char(last.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as next_moment, last.id as next_id
from (select (select count(*) from found) > (select count(*) from page) as more) rest
left join last on rest.more
