-- What a template is tried on: the caller's business, and the lead that they named; no row where that is not theirs.
select cast(jsonb_build_object(
  'business', messaging.letterhead(), 'lead', case when m.id is not null then messaging.letter(m) end) as text) as letter
from (select cast(:#${variable.input.body} as jsonb) as body) input
left join public.messages m
  on m.id = cast(input.body ->> 'messageId' as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
where input.body ->> 'messageId' is null or m.id is not null
