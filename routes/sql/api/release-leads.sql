-- Lets held leads out of quarantine, one or ten thousand: a trigger sends all that each owes, in the same commit. Names the channels to
-- wake, and those that were left alone with all that it takes to say why.
with input as materialized (
  select distinct cast(id as uuid) as id from jsonb_array_elements_text(cast(:#${variable.ids} as jsonb)) id
),
lead as materialized (
  select m.id, coalesce(m.status, 'unread') as was, m.quarantined_at is not null as is_held
  from public.messages m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid) and m.id = any (array(select input.id from input))
),
released as (
  update public.messages m
  set quarantined_at = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  where m.id = any (array(select lead.id from lead where lead.is_held and lead.was <> 'archived')) and m.quarantined_at is not null
  returning m.id
)
select (select count(*) from released) as changed, true as assignee_known,
  (select string_agg(distinct d.channel, ',')
    from messaging.deliveries d
    where d.business_id = cast(:#${variable.caller.businessId} as uuid) and d.state = 'held' and d.held_reason = 'quarantine'
      and d.message_id = any (array(select released.id from released))) as channels,
  cast(coalesce(json_agg(json_build_object('id', input.id, 'was', lead.was, 'held', lead.is_held)), '[]') as text) as others,
  set_config('enable_nestloop', 'on', true) as joined_as_usual, set_config('enable_seqscan', 'on', true) as by_whatever,
  set_config('enable_bitmapscan', 'on', true) as is_best
from input
left join lead on lead.id = input.id
where input.id not in (select released.id from released)
