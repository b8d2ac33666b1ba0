-- All funnels of a business as it sees them, the oldest first.
select cast(json_build_object('funnels', coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'slug', s.slug, 'title', s.title,
  'intro', s.intro, 'isActive', coalesce(s.is_active, true), 'visitorReceipts', coalesce(s.visitor_receipts, '{}'),
  'silence', (
    select json_build_object('since', messaging.iso(q.since), 'expected', round(q.expected))
    from messaging.silences q
    where q.funnel_id = f.id and not exists (
      select from public.messages m where m.funnel_id = f.id and m.created_at > q.since and m.quarantined_at is null)),
  'allowedOrigins', (select coalesce(json_agg(o.origin order by o.origin), '[]') from messaging.funnel_origins o where o.funnel_id = f.id),
  'formUrl', cast(:#${bean:formAddress?method=base} as text) || coalesce(s.slug, cast(f.id as text)),
  'createdAt', messaging.iso(coalesce(f.created_at, s.created_at))) order by coalesce(f.created_at, s.created_at), f.id), '[]')) as text)
  as funnels
from messaging.my_funnels('viewer') f
left join messaging.funnel_settings s on s.funnel_id = f.id
