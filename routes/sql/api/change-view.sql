-- Replaces a view, unless it would be one more of fifty of its kind: then no row comes back.
with input as (
  select cast(:#${variable.input.values[id]} as uuid) as id, cast(:#${variable.input.body} as jsonb) as body
),
view as (
  select a.*, case when coalesce(cast(a.body ->> 'isShared' as boolean), false) then null else cast(:#${variable.caller.id} as uuid) end as owner_id
  from input a
)
update messaging.saved_views s
set name = v.body ->> 'name', filter = cast(:#${variable.filter} as jsonb), owner_id = v.owner_id,
  position = coalesce(cast(cast(v.body ->> 'position' as numeric) as integer), 0), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
from view v
where s.id = v.id and (
  select count(*) from messaging.saved_views o
  where o.business_id = s.business_id and o.id <> s.id and o.owner_id is not distinct from v.owner_id) < 50
returning cast(s.id as text)
