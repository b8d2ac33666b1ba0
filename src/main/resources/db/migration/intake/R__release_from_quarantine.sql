-- A lead that leaves quarantine owes its notifications: its held deliveries become pending, or stay held for the reason that
-- remains (subscription disabled, channel off, recipient not confirmed, quiet hours), and a "message.released" event is written. A trigger,
-- because the platform may clear quarantined_at directly.
-- Runs: after an update that sets quarantined_at of a lead to null.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.release_from_quarantine() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  deferred_until constant timestamptz := messaging.defer_until(new.business_id, new.updated_at, new.priority);
begin
  update messaging.deliveries d
  set state = case when h.reason is null then 'pending' else 'held' end, held_reason = h.reason,
    next_attempt_at = case when h.reason = 'quiet hours' then deferred_until else new.updated_at end, updated_at = new.updated_at
  from (
    select q.id, case when s.disabled_at is not null then 'disabled' when not c.is_enabled then 'channel off'
      when c.awaits_confirmation then 'unconfirmed recipient'
      when deferred_until is not null and messaging.notifies_people(q.channel) then 'quiet hours' end as reason
    from messaging.deliveries q
    left join messaging.webhook_subscriptions s on s.id = q.target_id
    left join public.message_channels c on c.business_id = q.business_id and c.channel_type = q.channel
    where q.message_id = new.id and q.state = 'held' and q.held_reason = 'quarantine') h
  where d.id = h.id;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (new.business_id, new.id, 'message.released', jsonb_strip_nulls(jsonb_build_object('reason', old.quarantine_reason,
    'deferredUntil', messaging.iso(deferred_until))), new.updated_at);
  return null;
end $$;

revoke all on function messaging.release_from_quarantine() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger release_from_quarantine after update of quarantined_at on public.messages
for each row when (old.quarantined_at is not null and new.quarantined_at is null)
execute function messaging.release_from_quarantine();
