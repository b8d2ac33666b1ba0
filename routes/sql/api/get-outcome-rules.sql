-- What each outcome of a phone call causes, defaults included.
select cast(json_build_object('rules', messaging.outcome_rules_of(cast(:#${variable.caller.businessId} as uuid))) as text) as rules
