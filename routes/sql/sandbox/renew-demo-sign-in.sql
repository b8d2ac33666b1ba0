-- The owner of the demo as a person, whose id the business bears, and a link for them at each start; earlier ones end. The link itself
-- is made of the id.
with demo as (
  select f.business_id as id from public.funnels f where f.id = cast(:#${bean:demo?method=funnel} as uuid)
),
person as (
  insert into messaging.people (id, email, created_at)
  select id, 'owner@harbour-street.example', cast(:#${bean:now?method=moment} as timestamptz) from demo
  on conflict do nothing
),
member as (
  insert into messaging.business_members (business_id, user_id, role, email, created_at)
  select id, id, 'owner', 'owner@harbour-street.example', cast(:#${bean:now?method=moment} as timestamptz) from demo
  on conflict do nothing
),
ended as (
  update messaging.sign_in_links l
  set used_at = cast(:#${bean:now?method=moment} as timestamptz)
  from demo
  where l.person_id = demo.id and l.used_at is null
)
insert into messaging.sign_in_links (person_id, created_at, expires_at)
select id, cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz) + interval '24 hours' from demo
returning cast(id as text)
