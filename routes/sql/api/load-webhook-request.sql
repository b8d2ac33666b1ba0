-- A delivery to a webhook with what rendering its body needs, and where it goes: the names of the headers that its owner adds, not what
-- they hold. No row for a delivery by another channel, or of another business.
select d.id, d.business_id, d.cause, d.channel, d.recipient, d.lane as queue_id, d.attempts as attempt, d.attempts - d.attempts_before as round,
  coalesce(d.attempt_limit, 0) as attempt_limit, d.leased_by, cast(d.payload as text) as payload, cast(to_jsonb(m) as text) as message,
  case when e.id is not null then cast(jsonb_build_object('type', e.type, 'data', e.data, 'created_at', e.created_at) as text) end
    as event, cast(json_build_object('payloadTemplate', s.payload_template) as text) as target,
  s.url, (
    select string_agg(name, ',' order by name)
    from (select jsonb_object_keys(s.headers) union select 'Authorization' where s.authentication is not null) names (name)) as header_names
from messaging.deliveries d
left join messaging.webhook_subscriptions s on s.id = d.target_id
left join public.messages m on m.id = d.message_id
left join messaging.message_events e on e.id = d.event_id
where d.id = cast(:#${variable.input.values[id]} as uuid) and d.channel = 'webhook'
