-- Inserts the delivery by the next fallback channel that the lead is not on yet, with a "delivery.fell_back" event, and writes
-- "delivery.failed". A reply to a lead and a notification of a member have no fallback: the business's channels lead to the business. The
-- caller has locked the lead, so that two deliveries that fail together do not choose the same channel. In quiet hours it waits like any
-- other notification.
-- Runs: called by fall_back() and show_changes().

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.pass_on(failed messaging.deliveries) returns void language plpgsql set search_path = '' as $$
declare
  way record;
  deferred timestamptz;
begin
  with recursive replaced as (
    select failed.channel as channel, failed.fallback_of as earlier
    union all
    select d.channel, d.fallback_of from replaced join messaging.deliveries d on d.id = replaced.earlier
  )
  select f.fallback as channel, c.id as target into way
  from messaging.fallbacks f
  join public.message_channels c on c.business_id = f.business_id and c.channel_type = f.fallback and c.is_enabled
    and not c.awaits_confirmation
  where failed.cause = 'lead' and f.business_id = failed.business_id
    and f.channel = (select replaced.channel from replaced where replaced.earlier is null)
    and f.fallback <> 'webhook'
    and not exists (
      select from messaging.deliveries d
      where d.message_id = failed.message_id and d.cause = failed.cause and d.channel = f.fallback)
  order by f.position
  limit 1;
  if found then
    if messaging.notifies_people(way.channel) then
      deferred := messaging.defer_until(failed.business_id, failed.updated_at, (
        select m.priority from public.messages m where m.id = failed.message_id));
    end if;
    insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, fallback_of, payload,
      state, held_reason, next_attempt_at, created_at, updated_at)
    values (failed.business_id, failed.cause, failed.message_id, way.channel, way.target, failed.id, failed.payload,
      case when deferred is null then 'pending' else 'held' end, case when deferred is not null then 'quiet hours' end,
      coalesce(deferred, failed.updated_at), failed.updated_at, failed.updated_at);
    insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
    values (failed.business_id, failed.message_id, 'delivery.fell_back',
      jsonb_build_object('delivery', failed.id, 'from', failed.channel, 'to', way.channel, 'reason', failed.last_error), 1, failed.updated_at);
  end if;
  if failed.state = 'failed' then
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    values (failed.business_id, failed.message_id, 'delivery.failed',
      jsonb_build_object('delivery', failed.id, 'channel', failed.channel, 'attempts', failed.attempts, 'error', failed.last_error,
        'fallback', way.channel), failed.updated_at);
  end if;
end $$;

revoke all on function messaging.pass_on(messaging.deliveries) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
