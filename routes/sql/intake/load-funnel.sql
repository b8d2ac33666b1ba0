-- A funnel by the slug of its form, or by its id, with what its pages show and whether it is open; a line for each time at which the
-- visitor may ask to be called, where the business lets them choose. Anybody may ask, for whatever they
-- like: each of the two is a look into an index, however many funnels there are. What a sentence or a bracket leaves at the end of an
-- address that somebody copied is none of it, also as an escape.
with input as (
  select lower(regexp_replace(:#funnel, '(%[0-9A-Fa-f]{2}|[^A-Za-z0-9])+$', '')) as name
),
named as (
  select f.id
  from input
  join messaging.funnel_settings s on s.slug = input.name
  join public.funnels f on f.id = s.funnel_id
  union all
  select f.id
  from input
  -- What is no id is none, instead of a failure.
  join public.funnels f on f.id = cast(substring(input.name from '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$') as uuid)
)
select f.id, coalesce(s.slug, cast(f.id as text)) as slug, coalesce(s.title, to_jsonb(f) ->> 'name') as title, s.intro,
  coalesce(bs.name, to_jsonb(b) ->> 'name') as business, coalesce(s.is_active, true) as is_open,
  case when bs.asks_for_time then (
    select string_agg(t.day || ' ' || t.part || '=' || to_char(t.day, 'FMDay FMDD FMMonth') || ', ' || t.part, chr(10) order by t.since)
    from messaging.call_times(b.id, cast(:#${bean:now?method=moment} as timestamptz), 9) t) end as times
from named
join public.funnels f on f.id = named.id
join public.businesses b on b.id = f.business_id
left join messaging.funnel_settings s on s.funnel_id = f.id
left join messaging.business_settings bs on bs.business_id = b.id
order by is_open desc
limit 1
