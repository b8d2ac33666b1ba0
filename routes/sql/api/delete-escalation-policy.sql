-- Deletes a policy; escalations that it began end before their next step.
delete from messaging.escalation_policies
where id = cast(:#${variable.input.values[id]} as uuid) and business_id = cast(:#${variable.caller.businessId} as uuid)
returning cast(id as text)
