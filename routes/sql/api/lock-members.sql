-- Two owners who demote each other at the same moment would leave none: whoever changes members does so one after the other. Says
-- what a change must know: whether the caller is an owner still, whether the member is one, and how many others there are.
with locked as (
  select m.user_id, m.role
  from messaging.business_members m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid)
  order by m.user_id
  for update
)
select cast(:#${variable.caller.id} as uuid) = cast(:#${variable.caller.businessId} as uuid)
    or coalesce(bool_or(role = 'owner') filter (where user_id = cast(:#${variable.caller.id} as uuid)), false) as allowed,
  coalesce(bool_or(role = 'owner') filter (where user_id = cast(:#${variable.input.values[id]} as uuid)), false) as owner,
  count(*) filter (where role = 'owner' and user_id <> cast(:#${variable.input.values[id]} as uuid)) as others
from locked
