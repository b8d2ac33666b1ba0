-- For an administrator, once, where the service's own database login may not create or grant roles.
-- Replace messaging_login by the user name that the service connects with (SPRING_DATASOURCE_USERNAME).
create role messaging_intake nologin noinherit;
create role messaging_worker nologin noinherit;
create role messaging_api nologin noinherit;
grant messaging_intake, messaging_worker, messaging_api to messaging_login;

-- On Supabase these two exist; leave the lines out there.
create role anon nologin noinherit;
create role authenticated nologin noinherit;

grant authenticated to messaging_api;

-- The login owns what the migrations make: it may create schema messaging, and tables in public.
grant create on database postgres to messaging_login; -- your database's name
grant create, usage on schema public to messaging_login;
