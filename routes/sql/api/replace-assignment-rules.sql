-- Replaces the rules of a business: a funnel that is not among them has no rule of its own any more. Whose turn it is stays.
with input as (
  select i."funnelId" as funnel_id, i.rule, array(select cast(id as uuid) from jsonb_array_elements_text(coalesce(i."memberIds", '[]')) id) as member_ids,
    coalesce(i.fallback, 'owners') as fallback, cast(i."reassignAfterMinutes" as integer) as reassign_after_minutes
  from jsonb_to_recordset(cast(:#${variable.input.body} as jsonb) -> 'items') as i ("funnelId" uuid, rule text, "memberIds" jsonb,
    fallback text, "reassignAfterMinutes" numeric)
),
gone as (
  delete from messaging.assignment_rules r
  where r.business_id = cast(:#${variable.caller.businessId} as uuid)
    and not exists (select from input where input.funnel_id is not distinct from r.funnel_id)
)
insert into messaging.assignment_rules as r (business_id, funnel_id, rule, member_ids, fallback, reassign_after_minutes, updated_at)
select cast(:#${variable.caller.businessId} as uuid), funnel_id, rule, member_ids, fallback, reassign_after_minutes,
  cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id, funnel_id) do update
set (rule, member_ids, fallback, reassign_after_minutes, updated_at)
  = (excluded.rule, excluded.member_ids, excluded.fallback, excluded.reassign_after_minutes, excluded.updated_at)
