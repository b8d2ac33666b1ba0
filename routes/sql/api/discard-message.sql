-- A person puts a held lead away: archived, what it owed cancelled, and who did so said in its timeline. What is not held, or no
-- longer, is left as it is.
with input as (
  select m.id, m.quarantined_at is not null as is_held
  from public.messages m
  where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
),
-- It is announced here, and not as any lead that is archived.
announced as materialized (
  select set_config('messaging.announced', 'discarded', true) as how from input where is_held
),
discarded as (
  update public.messages m
  set status = 'archived', updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input, announced
  where m.id = input.id and m.quarantined_at is not null and m.status <> 'archived' and announced.how = 'discarded'
  returning m.id, m.business_id, m.quarantine_reason
),
cancelled as (
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = 'Discarded by ' || cast(:#${variable.caller.name} as text),
    ended_at = cast(:#${bean:now?method=moment} as timestamptz), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input
  where d.message_id = input.id and d.business_id = cast(:#${variable.caller.businessId} as uuid) and input.is_held
    and d.state = 'held' and d.held_reason = 'quarantine'
  returning d.id
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, id, 'message.discarded',
    jsonb_build_object('by', cast(:#${variable.caller.name} as text), 'reason', quarantine_reason,
      'cancelled', (select count(*) from cancelled)),
    cast(:#${bean:now?method=moment} as timestamptz)
  from discarded
)
select cast(input.id as text) as id, input.is_held from input
