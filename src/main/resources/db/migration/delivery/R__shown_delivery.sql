-- A delivery as the API shows it; of a notification the member, whose own address is nobody else's. Its last attempt is looked for in the
-- months of the delivery only, with a day for clocks that differ.
-- Runs: called by the API operations and live events that show deliveries.

create or replace function messaging.shown(d messaging.deliveries) returns json language sql stable as $$
  select json_build_object(
    'id', d.id, 'cause', d.cause, 'channel', d.channel, 'state', d.state, 'messageId', d.message_id, 'targetId', d.target_id,
    'memberId', d.member_id,
    'recipient', case when d.cause <> 'notification' then coalesce(
      (select a.recipient from messaging.delivery_attempts a
        where a.delivery_id = d.id and a.started_at between d.created_at - interval '1 day' and d.updated_at + interval '1 day'
        order by a.id desc limit 1), d.recipient) end,
    'fallbackOf', d.fallback_of, 'attempts', d.attempts,
    'nextAttemptAt', case when d.state = 'pending' or d.held_reason = 'quiet hours' then messaging.iso(d.next_attempt_at) end,
    'provider', d.provider, 'providerRef', d.provider_ref, 'outcomeUnknown', d.outcome_unknown, 'heldReason', d.held_reason,
    'lastError', d.last_error, 'createdAt', messaging.iso(d.created_at), 'updatedAt', messaging.iso(d.updated_at),
    'endedAt', messaging.iso(d.ended_at))
$$;

revoke all on function messaging.shown(messaging.deliveries) from public, anon, authenticated;
grant execute on function messaging.shown(messaging.deliveries) to authenticated, messaging_worker;
