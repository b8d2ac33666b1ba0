-- One page of the caller's deliveries, the newest first, and where the next one begins: after the last row of this one, so
-- that a page costs the same however deep it lies, and what is added meanwhile moves nothing. One row more than a page is read
-- to know whether there is a next.
with found as (
  select d.id, d.created_at, messaging.shown(d) as shown
  from messaging.matching(cast(:#${variable.input.filter} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) d
  where (d.created_at, d.id) < (cast(:#${variable.page.moment} as timestamptz), cast(:#${variable.page.id} as uuid))
  order by d.created_at desc, d.id desc
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
