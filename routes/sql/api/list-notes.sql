-- One page of the notes beside a lead, the newest first, and where the next one begins; no row where there is no such lead.
with lead as (
  select m.id
  from public.messages m
  where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
),
found as (
  select n.*
  from lead
  join messaging.notes n on n.message_id = lead.id
  where (n.created_at, n.id) < (cast(:#${variable.page.moment} as timestamptz), cast(:#${variable.page.id} as uuid))
  order by n.created_at desc, n.id desc
  limit cast(:#${variable.page.limit} as integer) + 1
),
page as (
  select * from found order by created_at desc, id desc limit cast(:#${variable.page.limit} as integer)
),
last as (
  select * from page order by created_at, id limit 1
)
select cast(coalesce((
    select json_agg(json_build_object('id', page.id, 'text', page.body, 'author', page.author, 'authorId', page.author_id,
      'createdAt', messaging.iso(page.created_at)) order by page.created_at desc, page.id desc)
    from page), '[]') as text) as items,
  to_char(last.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as next_moment, last.id as next_id
from lead
left join last on (select count(*) from found) > (select count(*) from page)
