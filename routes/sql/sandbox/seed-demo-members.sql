-- Two people who work on the demo's leads beside its owner. They are the same at each start, and stay removed once they were.
with member as (
  select f.business_id, cast(md5('demo ' || m.person) as uuid) as id, m.email, cast(:#${bean:now?method=moment} as timestamptz) as moment
  from public.funnels f
  cross join (values (2, 'mia@harbour-street.example'), (3, 'sam@harbour-street.example')) m (person, email)
  where f.id = cast(:#${bean:demo?method=funnel} as uuid)
),
person as (
  insert into messaging.people (id, email, created_at)
  select id, email, moment from member
  on conflict do nothing
  returning id
)
insert into messaging.business_members (business_id, user_id, role, email, created_at)
select m.business_id, m.id, 'agent', m.email, m.moment
from member m
join person p on p.id = m.id
