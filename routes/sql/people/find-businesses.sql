-- The businesses of a person and what they are there: one that bears their own id is theirs, in others they are members. Somebody
-- who is in none is one row without a business. Asked anew for each request, so that whoever is removed is out at once.
with person as (
  select cast(:#${variable.person.id} as uuid) as id, cast(:#${variable.person.email} as text) as email
),
belongings as (
  select id as business_id, 'owner' as role from person
  union all
  select m.business_id, m.role from messaging.business_members m join person p on p.id = m.user_id where m.business_id <> p.id
),
theirs as (
  select b.id, coalesce(bs.name, to_jsonb(b) ->> 'name') as name, belongings.role
  from belongings
  join public.businesses b on b.id = belongings.business_id
  left join messaging.business_settings bs on bs.business_id = b.id
)
select person.id as person_id, person.email, theirs.id as business_id, theirs.name as business, theirs.role
from person
left join theirs on true
order by theirs.name, theirs.id
