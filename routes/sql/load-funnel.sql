-- An open funnel by the slug of its form, or by its id, with what its pages show.
select f.id, coalesce(s.slug, cast(f.id as text)) as slug, coalesce(s.title, to_jsonb(f) ->> 'name') as title, s.intro,
  coalesce(bs.name, to_jsonb(b) ->> 'name') as business
from public.funnels f
join public.businesses b on b.id = f.business_id
left join messaging.funnel_settings s on s.funnel_id = f.id
left join messaging.business_settings bs on bs.business_id = b.id
where coalesce(s.is_active, true)
  and (s.slug = lower(:#funnel) or cast(f.id as text) = lower(:#funnel))
limit 1
