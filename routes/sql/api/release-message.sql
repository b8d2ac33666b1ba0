-- A person lets a held lead out of quarantine: a trigger sends all that it owes, in the same commit. Names the channels to wake.
with input as (
  select m.id, m.status, m.quarantined_at is not null as is_held, (
      select string_agg(distinct d.channel, ',') from messaging.deliveries d
      where d.message_id = m.id and d.business_id = m.business_id and d.state = 'held' and d.held_reason = 'quarantine') as channels
  from public.messages m
  where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
),
released as (
  update public.messages m
  set quarantined_at = null, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input
  where m.id = input.id and m.quarantined_at is not null and m.status <> 'archived'
  returning m.id
)
select cast(input.id as text) as id, input.is_held and input.status = 'archived' as is_discarded,
  case when released.id is not null then input.channels end as channels
from input
left join released on released.id = input.id
