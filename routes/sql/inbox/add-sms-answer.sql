-- Answers an SMS with which a person wanted to act on a lead, once, unless the number is suppressed. It counts against the SMS budgets as
-- any other SMS. The text has references of leads and nothing else of them: the row does not go when a lead is erased.
insert into messaging.deliveries (business_id, cause, channel, recipient, period, payload, next_attempt_at, created_at, updated_at)
select a.business_id, 'account', 'sms', a.recipient, 'sms-answer ' || a.received_id,
  jsonb_build_object('notice', 'sms-answer', 'text', a.text), a.at, a.at, a.at
from (
  select cast(:#${variable.act.businessId} as uuid) as business_id, cast(:#${variable.act.number} as text) as recipient,
    cast(:#${variable.act.receivedId} as text) as received_id, cast(:#${variable.act.answer} as text) as text,
    cast(:#${bean:now?method=moment} as timestamptz) as at) a
where not exists (
  select from messaging.suppressions s where s.business_id = a.business_id and s.channel = 'sms' and s.address = a.recipient)
on conflict do nothing
