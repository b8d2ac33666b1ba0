-- What the outcome of a phone call causes, and when the lead is to be called again, if it is.
select cast(json_build_object('action', rule.value ->> 'action', 'callAgainAt', case
    when rule.value ->> 'action' <> 'again' then null
    when cast(rule.value ->> 'openHoursOnly' as boolean)
      then messaging.iso(messaging.after_open_minutes(caller.business_id, clock.at, cast(rule.value ->> 'afterMinutes' as integer)))
    else messaging.iso(clock.at + make_interval(mins => cast(rule.value ->> 'afterMinutes' as integer))) end) as text) as rule
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
cross join (select cast(:#${bean:now?method=moment} as timestamptz) as at) clock
cross join lateral (
  select messaging.outcome_rules_of(caller.business_id) -> (cast(:#${variable.input.body} as jsonb) ->> 'outcome') as value) rule
