-- Puts held leads away, one or ten thousand: archived, what they owed cancelled, and who did so said in their timelines. Those that are
-- not held, or no longer, are left alone and named.
with input as materialized (
  select distinct cast(id as uuid) as id from jsonb_array_elements_text(cast(:#${variable.ids} as jsonb)) id
),
-- They are announced here, and not as any lead that is archived.
lead as materialized (
  select m.id, coalesce(m.status, 'unread') as was, m.quarantined_at is not null as is_held,
    set_config('messaging.announced', 'discarded', true) as how
  from public.messages m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid) and m.id = any (array(select input.id from input))
),
discarded as (
  update public.messages m
  set status = 'archived', updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  where m.id = any (array(select lead.id from lead where lead.is_held and lead.was <> 'archived' and lead.how = 'discarded'))
    and m.quarantined_at is not null
  returning m.id, m.business_id, m.quarantine_reason
),
cancelled as (
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = 'Discarded by ' || cast(:#${variable.caller.name} as text),
    ended_at = cast(:#${bean:now?method=moment} as timestamptz), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  where d.business_id = cast(:#${variable.caller.businessId} as uuid) and d.state = 'held' and d.held_reason = 'quarantine'
    and d.message_id = any (array(select discarded.id from discarded))
  returning d.id, d.message_id
),
owed as (
  select cancelled.message_id, count(*) as deliveries from cancelled group by cancelled.message_id
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select discarded.business_id, discarded.id, 'message.discarded',
    jsonb_build_object('by', cast(:#${variable.caller.name} as text), 'reason', discarded.quarantine_reason,
      'cancelled', coalesce(owed.deliveries, 0)),
    cast(:#${bean:now?method=moment} as timestamptz)
  from discarded
  left join owed on owed.message_id = discarded.id
)
select (select count(*) from discarded) as changed, true as assignee_known,
  cast(coalesce(json_agg(json_build_object('id', input.id, 'was', lead.was, 'held', lead.is_held)), '[]') as text) as others,
  set_config('enable_nestloop', 'on', true) as joined_as_usual, set_config('enable_seqscan', 'on', true) as by_whatever,
  set_config('enable_bitmapscan', 'on', true) as is_best
from input
left join lead on lead.id = input.id
where input.id not in (select discarded.id from discarded)
