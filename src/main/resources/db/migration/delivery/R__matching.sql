-- The deliveries that a filter of the API finds; a name that is absent does not narrow it. Has no settings, so that PostgreSQL can
-- inline it.
-- Runs: called by the API operations that list, count, replay and cancel deliveries.

create or replace function messaging.matching(wanted jsonb, at timestamptz) returns setof messaging.deliveries language sql stable as $$
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

revoke all on function messaging.matching(jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.matching(jsonb, timestamptz) to authenticated, messaging_worker;
