-- Adds a policy, which is tried after those that are there.
insert into messaging.escalation_policies (business_id, position, name, priorities, funnel_ids, open_hours_only, unit, steps, repeats,
  repeat_after, is_active, created_at, updated_at)
select business.id, 1 + coalesce((select max(p.position) from messaging.escalation_policies p where p.business_id = business.id), 0),
  btrim(body ->> 'name'), array(select jsonb_array_elements_text(body -> 'priorities')),
  array(select cast(jsonb_array_elements_text(body -> 'funnelIds') as uuid)), coalesce(cast(body ->> 'openHoursOnly' as boolean), false),
  coalesce(body ->> 'unit', 'minutes'), body -> 'steps', coalesce(cast(cast(body ->> 'repeats' as numeric) as smallint), 0),
  coalesce(cast(cast(body ->> 'repeatAfter' as numeric) as integer), 15), coalesce(cast(body ->> 'isActive' as boolean), true), clock.at, clock.at
from (select cast(:#${variable.caller.businessId} as uuid) as id) business
cross join (select cast(:#${variable.policy} as jsonb) as body) input
cross join (select cast(:#${bean:now?method=moment} as timestamptz) as at) clock
returning cast(id as text)
