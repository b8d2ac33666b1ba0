-- The rules that a business asked for; "again" without a time means in two hours.
insert into messaging.outcome_rules (business_id, outcome, action, after_minutes, open_hours_only)
select cast(:#${variable.caller.businessId} as uuid), rule.key, rule.value ->> 'action',
  case when rule.value ->> 'action' = 'again' then coalesce(cast(cast(rule.value ->> 'afterMinutes' as numeric) as integer), 120) end,
  coalesce(cast(rule.value ->> 'openHoursOnly' as boolean), false)
from jsonb_each(cast(:#${variable.input.body} as jsonb) -> 'rules') as rule
