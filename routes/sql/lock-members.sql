-- Two owners who demote each other at the same moment would leave none: whoever changes members does so one after the other. Says
-- what a change must know: whether the member is there, and whether another owner would be left.
with locked as (
  select m.user_id, m.role
  from messaging.business_members m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid)
  order by m.user_id
  for update
)
select count(*) filter (where user_id = cast(:#${variable.asked.values[id]} as uuid)) > 0 as there,
  coalesce(bool_or(role = 'owner') filter (where user_id = cast(:#${variable.asked.values[id]} as uuid)), false) as owner,
  count(*) filter (where role = 'owner' and user_id <> cast(:#${variable.asked.values[id]} as uuid)) as others
from locked
