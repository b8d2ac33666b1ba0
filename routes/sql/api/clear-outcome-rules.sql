-- All rules of a business, to be written anew: a statement of its own, because the new rules may be the rules that are deleted here.
delete from messaging.outcome_rules where business_id = cast(:#${variable.caller.businessId} as uuid)
