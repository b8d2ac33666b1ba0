-- For an administrator, once per database, where the service's own login may not create or grant roles.
-- Replace messaging_login by the user name that the service connects with (SPRING_DATASOURCE_USERNAME), and the database's
-- name below. Run it in that database; it may be run again.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'messaging_intake', 'messaging_worker', 'messaging_api'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
end $$;
grant messaging_intake, messaging_worker, messaging_api to messaging_login;
grant authenticated to messaging_api;

-- The login owns what the migrations make: schema messaging, and tables in public.
grant create on database postgres to messaging_login; -- your database's name
grant create, usage on schema public to messaging_login;
grant usage on schema public to messaging_intake, messaging_worker, authenticated;

-- Leads are searched with three extensions that come with PostgreSQL. Who may create in the database may add them; where not even
-- that is allowed, as with some providers, this does.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists unaccent;
