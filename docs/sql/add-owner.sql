-- Makes the first person of a business who signs in with links, as its owner; everybody else they invite. For psql, with the login that
-- the service connects with (SPRING_DATASOURCE_USERNAME):
--
--   psql "$DATABASE" -f docs/sql/add-owner.sql -v business=5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01 -v email='kim@example.com'
--
-- They then ask for a link: POST /api/sign-in. Where people sign in at Supabase this is not needed.
set role messaging_worker;
with fresh as (
  insert into messaging.people (email, created_at) values (lower(:'email'), now())
  on conflict do nothing
  returning id, email
),
person as (
  select id, email from fresh union all select id, email from messaging.people where email = lower(:'email')
)
insert into messaging.business_members (business_id, user_id, role, email, created_at)
select cast(:'business' as uuid), id, 'owner', email, now() from person
on conflict (business_id, user_id) do update set role = 'owner'
returning email;
reset role;
