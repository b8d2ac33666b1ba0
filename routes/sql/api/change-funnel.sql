-- Changes what was given of a funnel's settings and nothing else. A funnel that the platform made has none yet: then its form is
-- found under its id, unless an address is given.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.id} as uuid) as id
)
insert into messaging.funnel_settings as s (funnel_id, slug, is_active, title, intro, visitor_receipts, created_at)
select f.id, coalesce(body ->> 'slug', cast(f.id as text)), coalesce(cast(body ->> 'isActive' as boolean), true), body ->> 'title',
  body ->> 'intro',
  array(select distinct c from jsonb_array_elements_text(coalesce(body -> 'visitorReceipts', '[]')) c order by 1), cast(:#${bean:now?method=moment} as timestamptz)
from input
join messaging.my_funnels('key') f on f.id = input.id
on conflict (funnel_id) do update
set (slug, is_active, title, intro, visitor_receipts) = (
  select coalesce(body ->> 'slug', s.slug), coalesce(cast(body ->> 'isActive' as boolean), s.is_active),
    case when jsonb_exists(body, 'title') then body ->> 'title' else s.title end,
    case when jsonb_exists(body, 'intro') then body ->> 'intro' else s.intro end,
    case when jsonb_exists(body, 'visitorReceipts') then excluded.visitor_receipts else s.visitor_receipts end
  from input)
returning cast(funnel_id as text)
