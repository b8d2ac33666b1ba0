-- What a template is tried on: the caller's business, and the lead that they named; no row where that is not theirs.
select cast(jsonb_build_object(
  'business', messaging.letterhead(), 'lead', case when m.id is not null then messaging.letter(m) end) as text) as letter
from (select cast(:#${variable.asked.body} as jsonb) as body) asked
left join public.messages m
  on m.id = cast(asked.body ->> 'messageId' as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
where asked.body ->> 'messageId' is null or m.id is not null
