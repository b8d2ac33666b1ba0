-- Moves up to 1,000 deliveries of the switched target that has waited longest: holds, releases at the target's pace, or cancels
-- them. Returns false when no target is left. One page per transaction, so that no claim waits for a switch.
-- Runs: called by the timer that moves held deliveries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.move_page(at timestamptz, known text[]) returns boolean language plpgsql set search_path = '' as $$
declare
  page constant integer := 1000;
  switched messaging.switched_targets;
  target text;
  step interval;
  ids uuid[];
  pending uuid[];
begin
  select w.* into switched from messaging.switched_targets w order by w.moved_at limit 1 for update skip locked;
  if not found then
    return false;
  end if;
  target := messaging.target_state(switched.channel, switched.business_id, switched.lane);
  if target = 'on' then
    select interval '1 minute' / s.drain_per_minute into step from messaging.webhook_subscriptions s where s.id = switched.lane;
    ids := array(
      select d.id from messaging.deliveries d
      where d.channel = switched.channel and d.business_id = switched.business_id and d.lane = switched.lane
        and d.state = 'held' and d.held_reason <> 'quarantine'
        and (d.held_reason in ('disabled', 'channel off', 'unconfirmed recipient') or d.held_reason = 'unknown channel' and d.channel = any (known))
      order by d.created_at, d.id
      limit page
      for update skip locked);
    update messaging.deliveries d
    set state = 'pending', held_reason = null, updated_at = at,
      next_attempt_at = coalesce(switched.next_due_at + (due.place - 1) * step, d.next_attempt_at)
    from unnest(ids) with ordinality due (id, place)
    where d.id = due.id;
  else
    pending := array(
      select d.id from messaging.deliveries d
      where d.channel = switched.channel and d.business_id = switched.business_id and d.lane = switched.lane
        and d.state in ('pending', 'sending') and d.state = 'pending' and (target = 'gone' or not messaging.is_asked_for(d.cause))
      limit page
      for update skip locked);
    ids := pending || array(
      select d.id from messaging.deliveries d
      where d.lane = switched.lane and d.state = 'held'
        and (target = 'gone' or d.held_reason <> target and d.held_reason in ('disabled', 'channel off', 'unconfirmed recipient'))
      limit page - cardinality(pending)
      for update skip locked);
    if target = 'gone' then
      update messaging.deliveries d
      set state = 'cancelled', held_reason = null, last_error = 'The webhook subscription was deleted', ended_at = at, updated_at = at
      where d.id = any (ids);
    else
      update messaging.deliveries d set state = 'held', held_reason = target, updated_at = at where d.id = any (ids);
    end if;
  end if;
  if cardinality(ids) < page then
    delete from messaging.switched_targets w where w.lane = switched.lane;
  else
    update messaging.switched_targets w
    set moved_at = clock_timestamp(), next_due_at = w.next_due_at + coalesce(page * step, interval '0')
    where w.lane = switched.lane;
  end if;
  return true;
end $$;

revoke all on function messaging.move_page(timestamptz, text[]) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
