-- One delivery as its business sees it.
select cast(json_build_object(
  'id', d.id, 'cause', d.cause, 'channel', d.channel, 'state', d.state, 'messageId', d.message_id, 'targetId', d.target_id,
  'recipient', d.recipient, 'fallbackOf', d.fallback_of, 'attempts', d.attempts,
  'nextAttemptAt', case when d.state = 'pending' then messaging.iso(d.next_attempt_at) end,
  'provider', d.provider, 'providerRef', d.provider_ref, 'outcomeUnknown', d.outcome_unknown, 'heldReason', d.held_reason,
  'lastError', d.last_error, 'createdAt', messaging.iso(d.created_at), 'updatedAt', messaging.iso(d.updated_at),
  'endedAt', messaging.iso(d.ended_at)) as text) as delivery
from messaging.deliveries d
where d.id = cast(:#${variable.asked.values[id]} as uuid)
