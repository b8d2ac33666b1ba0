-- Takes away the hours that are not among those given; none where no hours were given at all.
delete from messaging.business_hours h
using (select cast(:#${variable.input.body} as jsonb) -> 'businessHours' as hours) input
where h.business_id = cast(:#${variable.caller.businessId} as uuid) and input.hours is not null
  and not exists (
    select from jsonb_to_recordset(input.hours) as n (weekday numeric, opens time, closes time)
    where n.weekday = h.weekday and n.opens = h.opens and n.closes = h.closes)
