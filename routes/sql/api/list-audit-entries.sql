-- One page of what was done in the caller's business, the newest first, and where the next one begins. An entry's number stands
-- at the end of a cursor's id, in hexadecimal.
with input as (
  select cast(:#${variable.input.filter} as jsonb) as filter, cast(:#${variable.page.moment} as timestamptz) as moment,
    cast(cast('x' || right(cast(:#${variable.page.id} as text), 12) as bit(48)) as bigint) as id,
    cast(:#${variable.page.limit} as integer) as size
),
found as (
  select e.*
  from messaging.audit_entries e, input
  where (e.at, e.id) < (input.moment, input.id)
    and (input.filter ->> 'actor' is null or e.actor = input.filter ->> 'actor' or cast(e.actor_id as text) = input.filter ->> 'actor')
    and (input.filter ->> 'action' is null or e.action = input.filter ->> 'action')
    and (input.filter ->> 'from' is null or e.at >= cast(input.filter ->> 'from' as timestamptz))
    and (input.filter ->> 'to' is null or e.at < cast(input.filter ->> 'to' as timestamptz))
  order by e.at desc, e.id desc
  limit (select size from input) + 1
),
page as (
  select * from found order by at desc, id desc limit (select size from input)
),
last as (
  select * from page order by at, id limit 1
)
select cast(coalesce((
    select json_agg(json_build_object('id', cast(page.id as text), 'at', messaging.iso(page.at), 'actorKind', page.actor_kind,
      'actorId', page.actor_id, 'actor', page.actor, 'action', page.action, 'subject', page.subject, 'details', page.details)
      order by page.at desc, page.id desc)
    from page), '[]') as text) as items,
  to_char(last.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as next_moment,
  '00000000-0000-0000-0000-' || lpad(to_hex(last.id), 12, '0') as next_id
from (select (select count(*) from found) > (select count(*) from page) as more) rest
left join last on rest.more
