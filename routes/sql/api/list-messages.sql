-- One page of the caller's leads in the order asked for, and where the next one begins: behind the last row of this one. One row more
-- than a page is looked for to know whether there is a next.
with found as (
  select f.id, f.at, f.place
  from messaging.find_messages(
    cast(:#${variable.input.filter} as jsonb) || jsonb_build_object('now', cast(:#${bean:now?method=moment} as text)),
    :#${variable.input.values[sort]},
    cast(nullif(:#${variable.page.moment}, 'infinity') as timestamptz), cast(:#${variable.page.id} as uuid),
    cast(:#${variable.page.limit} as integer) + 1) with ordinality as f (id, at, place)
),
page as (
  select * from found where place <= cast(:#${variable.page.limit} as integer)
),
last as (
  select * from page order by place desc limit 1
)
select cast(messaging.shown_leads(array(select page.id from page order by page.place), cast(:#${variable.caller.businessId} as uuid)) as text) as items,
  to_char(last.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as next_moment, last.id as next_id
from (select (select count(*) from found) > (select count(*) from page) as more) rest
left join last on rest.more
