-- All lists of a business, to be written anew: a statement of its own, because the new ones may hold what is deleted here.
delete from messaging.fallbacks where business_id = cast(:#${variable.caller.businessId} as uuid)
