-- A policy as it is from now on. Escalations that have begun go on as it was, or end where it is switched off.
update messaging.escalation_policies p
set name = btrim(body ->> 'name'), priorities = array(select jsonb_array_elements_text(body -> 'priorities')),
  funnel_ids = array(select cast(jsonb_array_elements_text(body -> 'funnelIds') as uuid)),
  open_hours_only = coalesce(cast(body ->> 'openHoursOnly' as boolean), false), unit = coalesce(body ->> 'unit', 'minutes'),
  steps = body -> 'steps', repeats = coalesce(cast(cast(body ->> 'repeats' as numeric) as smallint), 0),
  repeat_after = coalesce(cast(cast(body ->> 'repeatAfter' as numeric) as integer), 15),
  is_active = coalesce(cast(body ->> 'isActive' as boolean), true), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
from (select cast(:#${variable.policy} as jsonb) as body) input
where p.id = cast(:#${variable.input.values[id]} as uuid) and p.business_id = cast(:#${variable.caller.businessId} as uuid)
returning cast(p.id as text)
