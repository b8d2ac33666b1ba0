-- A view more, unless there are fifty of its kind: then no row comes back.
with input as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.input.body} as jsonb) as body,
    cast(:#${bean:now?method=moment} as timestamptz) as at
),
view as (
  select a.*, case when coalesce(cast(a.body ->> 'isShared' as boolean), false) then null else cast(:#${variable.caller.id} as uuid) end as owner_id
  from input a
)
insert into messaging.saved_views (business_id, owner_id, name, filter, position, created_at, updated_at)
select v.business_id, v.owner_id, v.body ->> 'name', cast(:#${variable.filter} as jsonb),
  coalesce(cast(cast(v.body ->> 'position' as numeric) as integer), 0), v.at, v.at
from view v
where (
  select count(*) from messaging.saved_views s
  where s.business_id = v.business_id and s.owner_id is not distinct from v.owner_id) < 50
returning cast(id as text)
