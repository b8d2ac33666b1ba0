-- One funnel as its business sees it; its id is the publishable key that its form sends along.
select cast(json_build_object('id', f.id, 'name', f.name, 'slug', s.slug, 'title', s.title, 'intro', s.intro,
  'isActive', coalesce(s.is_active, true), 'visitorReceipts', coalesce(s.visitor_receipts, '{}'),
  'silence', (
    select json_build_object('since', messaging.iso(q.since), 'expected', round(q.expected))
    from messaging.silences q
    where q.funnel_id = f.id and not exists (
      select from public.messages m where m.funnel_id = f.id and m.created_at > q.since and m.quarantined_at is null)),
  'allowedOrigins', (select coalesce(json_agg(o.origin order by o.origin), '[]') from messaging.funnel_origins o where o.funnel_id = f.id),
  'formUrl', cast(:#${bean:formAddress?method=base} as text) || coalesce(s.slug, cast(f.id as text)),
  'createdAt', messaging.iso(coalesce(f.created_at, s.created_at))) as text) as funnel
from messaging.my_funnels('viewer') f
left join messaging.funnel_settings s on s.funnel_id = f.id
where f.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
