-- The first ten of what is held for a subscription, in the order in which they will go, with what rendering needs.
select d.id, d.business_id, d.cause, d.channel, d.recipient, d.lane as queue_id, d.attempts as attempt, d.attempts - d.attempts_before as round,
  coalesce(d.attempt_limit, 0) as attempt_limit,
  d.leased_by, case d.cause when 'lead' then 'message.created' when 'test' then 'webhook.test' else e.type end as event_type,
  messaging.iso(d.created_at) as created_at, cast(d.payload as text) as payload, cast(to_jsonb(m) as text) as message,
  case when e.id is not null then cast(jsonb_build_object('type', e.type, 'data', e.data, 'created_at', e.created_at) as text) end
    as event, cast(json_build_object('payloadTemplate', s.payload_template) as text) as target
from messaging.webhook_subscriptions s
join messaging.deliveries d on d.lane = s.id and d.state = 'held'
left join public.messages m on m.id = d.message_id
left join messaging.message_events e on e.id = d.event_id
where s.id = cast(:#${variable.input.values[id]} as uuid)
order by d.created_at, d.id
limit 10
