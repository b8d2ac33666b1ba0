-- The rules by which leads are assigned: that of the business first, then those of its funnels. Without one nobody is assigned.
select cast(json_build_object('items', json_agg(json_build_object('funnelId', r.funnel_id, 'rule', r.rule, 'memberIds', to_json(r.member_ids),
  'fallback', r.fallback, 'reassignAfterMinutes', r.reassign_after_minutes) order by r.funnel_id nulls first)) as text) as rules
from (
  select r.funnel_id, r.rule, r.member_ids, r.fallback, r.reassign_after_minutes
  from messaging.assignment_rules r
  where r.business_id = cast(:#${variable.caller.businessId} as uuid)
  union all
  select null, 'nobody', '{}', 'owners', null
  where not exists (
    select from messaging.assignment_rules r
    where r.business_id = cast(:#${variable.caller.businessId} as uuid) and r.funnel_id is null)
) r
