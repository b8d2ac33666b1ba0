-- One page of the addresses that the caller's business does not write to, the newest first, and where the next one begins.
with found as (
  select s.*
  from messaging.suppressions s, (select cast(:#${variable.input.filter} as jsonb) as filter) input
  where s.business_id = cast(:#${variable.caller.businessId} as uuid)
    and (input.filter ->> 'channel' is null or s.channel = input.filter ->> 'channel')
    and (s.created_at, s.id) < (cast(:#${variable.page.moment} as timestamptz), cast(:#${variable.page.id} as uuid))
  order by s.created_at desc, s.id desc
  limit cast(:#${variable.page.limit} as integer) + 1
),
page as (
  select * from found order by created_at desc, id desc limit cast(:#${variable.page.limit} as integer)
),
last as (
  select * from page order by created_at, id limit 1
)
select cast(coalesce((
    select json_agg(json_build_object('id', page.id, 'channel', page.channel, 'address', page.address, 'reason', page.reason,
      'createdAt', messaging.iso(page.created_at)) order by page.created_at desc, page.id desc)
    from page), '[]') as text) as items,
  to_char(last.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as next_moment, last.id as next_id
from (select (select count(*) from found) > (select count(*) from page) as more) rest
left join last on rest.more
