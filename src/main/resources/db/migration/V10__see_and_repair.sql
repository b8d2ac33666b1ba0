-- What the list, the counts and the repairs of deliveries have in common. All of it runs with the rights of whoever asks: a
-- caller is shown their own business, the worker all of them. Kept free of settings, so that PostgreSQL can plan through it.

-- What is owed to somebody, has reached nobody, and is not on its normal way: failed, held, or not yet sent after five
-- minutes. What was passed on to another channel is counted there.
create function messaging.undelivered(at timestamptz) returns setof messaging.deliveries language sql stable as $$
  select d.* from messaging.deliveries d
  where d.state in ('held', 'failed') and d.cause not in ('test', 'canary')
    and not exists (select from messaging.deliveries f where f.fallback_of = d.id)
  union all
  select d.* from messaging.deliveries d
  where d.state in ('pending', 'sending') and d.cause not in ('test', 'canary') and d.created_at < at - interval '5 minutes'
$$;

-- The deliveries that a filter of the API means; a name that is absent does not narrow it.
create function messaging.matching(wanted jsonb, at timestamptz) returns setof messaging.deliveries language sql stable as $$
  select d.* from messaging.deliveries d
  where ((wanted ->> 'state') is null or d.state = any (string_to_array(wanted ->> 'state', ',')))
    and ((wanted ->> 'channel') is null or d.channel = (wanted ->> 'channel'))
    and ((wanted ->> 'cause') is null or d.cause = (wanted ->> 'cause'))
    and ((wanted ->> 'target') is null or d.target_id = cast(wanted ->> 'target' as uuid))
    and ((wanted ->> 'messageId') is null or d.message_id = cast(wanted ->> 'messageId' as uuid))
    and ((wanted ->> 'olderThan') is null or d.created_at < cast(wanted ->> 'olderThan' as timestamptz))
    and ((wanted ->> 'newerThan') is null or d.created_at >= cast(wanted ->> 'newerThan' as timestamptz))
    and ((wanted ->> 'undelivered') is distinct from 'true' or d.id in (select u.id from messaging.undelivered(at) u))
    and ((wanted ->> 'unreached') is distinct from 'true'
      or d.message_id in (select m.id from public.messages m where m.unreached_since is not null))
$$;

-- A delivery as the API shows it.
create function messaging.shown(d messaging.deliveries) returns json language sql stable as $$
  select json_build_object(
    'id', d.id, 'cause', d.cause, 'channel', d.channel, 'state', d.state, 'messageId', d.message_id, 'targetId', d.target_id,
    'recipient', d.recipient, 'fallbackOf', d.fallback_of, 'attempts', d.attempts,
    'nextAttemptAt', case when d.state = 'pending' then messaging.iso(d.next_attempt_at) end,
    'provider', d.provider, 'providerRef', d.provider_ref, 'outcomeUnknown', d.outcome_unknown, 'heldReason', d.held_reason,
    'lastError', d.last_error, 'createdAt', messaging.iso(d.created_at), 'updatedAt', messaging.iso(d.updated_at),
    'endedAt', messaging.iso(d.ended_at))
$$;

revoke all on function messaging.undelivered(timestamptz), messaging.matching(jsonb, timestamptz),
  messaging.shown(messaging.deliveries) from public, anon;
grant execute on function messaging.undelivered(timestamptz), messaging.matching(jsonb, timestamptz),
  messaging.shown(messaging.deliveries) to authenticated, messaging_worker;

-- Who repaired what stands in the lead's timeline.
create policy owner_announces on messaging.message_events for insert to authenticated
  with check (business_id = (select auth.uid()) and type = 'delivery.updated' and owed = 0);
grant insert (business_id, message_id, type, data, created_at) on messaging.message_events to authenticated;
