-- Leads that are older than their business keeps them are archived first, and may be deleted after a while: whoever listens is told,
-- and the trail says how many nobody had acknowledged. A lead of which nobody was ever told, or that is still on its way, is no lead
-- to let go of. One that a person takes out of the archive again has its time once more.
with clock as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#${bean:retention?method=batch} as integer) as most,
    cast(:#${bean:now?method=moment} as timestamptz) + cast(:#${bean:retention?method=grace} as interval) as forget_after
),
ageing as (
  select old.id
  from clock
  cross join public.businesses b
  left join messaging.business_settings s on s.business_id = b.id
  cross join lateral (
    select m.id
    from public.messages m
    where m.business_id = b.id and m.created_at < clock.at - make_interval(months => coalesce(s.retention_months, 24))
      and (m.forget_after is null or m.status <> 'archived') and not messaging.is_owed(m)
    order by m.created_at
    limit clock.most) old
  limit (select most from clock)
),
locked as materialized (
  select m.id, m.business_id, m.status, m.quarantined_at
  from public.messages m
  where m.id in (select ageing.id from ageing) and (m.forget_after is null or m.status <> 'archived')
  for update of m skip locked
),
archived as (
  update public.messages m
  set status = 'archived', forget_after = clock.forget_after, updated_at = clock.at
  from locked, clock
  where m.id = locked.id
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor, action, details)
  select locked.business_id, clock.at, 'service', 'retention', 'archive-expired', jsonb_build_object('messages', count(*),
    'unacknowledged', count(*) filter (where locked.status in ('unread', 'read') and locked.quarantined_at is null),
    'quarantined', count(*) filter (where locked.quarantined_at is not null), 'deletedAfter', messaging.iso(clock.forget_after))
  from locked, clock
  group by locked.business_id, clock.at, clock.forget_after
)
select count(*) from locked
