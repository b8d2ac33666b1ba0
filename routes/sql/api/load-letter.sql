-- What a reply to a lead is made of, and what may forbid it.
select cast(jsonb_build_object(
  'lead', messaging.letter(m), 'business', messaging.letterhead(),
  'template', (
    select jsonb_build_object('channel', t.channel, 'subject', t.subject, 'body', t.body)
    from messaging.templates t
    where t.id = cast(input.body ->> 'templateId' as uuid) and t.business_id = m.business_id),
  'smsCountries', (select l.countries from messaging.sms_limits l where l.business_id = m.business_id),
  'suppressed', exists (
    select from messaging.suppressions s
    where s.business_id = m.business_id and s.channel = input.body ->> 'channel'
      and lower(s.address) = lower(case s.channel when 'email' then m.contact_email else m.contact_phone_e164 end)),
  'mails', coalesce((
    select jsonb_agg(jsonb_build_object('id', e.mail_id, 'subject', e.subject) order by e.created_at, e.id)
    from messaging.thread_entries e
    where e.message_id = m.id and e.business_id = m.business_id and e.mail_id is not null), '[]')) as text) as letter
from public.messages m
cross join (select cast(:#${variable.input.body} as jsonb) as body) input
where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
