-- A database as a Supabase project with a platform in it looks to this service. project_owner stands for the login that
-- Supabase calls postgres, which here is the name of the superuser.
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create role authenticator login noinherit;
create role auth_admin nologin noinherit;
create role project_owner login createrole createdb;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to project_owner with admin option;
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter database callback owner to project_owner;
grant all on database callback to project_owner;
grant usage on schema public to anon, authenticated, service_role;

create schema auth authorization auth_admin;
grant usage on schema auth to anon, authenticated, service_role, project_owner;
set role auth_admin;
create table auth.users (id uuid primary key, email text);
create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'))::uuid
$$;
create function auth.role() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'))::text
$$;
reset role;
create publication supabase_realtime;

set role project_owner;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;

create table public.businesses (
  id uuid primary key,
  email text not null unique,
  business_name text not null,
  plan text not null default 'free' check (plan in ('free', 'pro'))
);
alter table public.businesses enable row level security;
create policy "Businesses can view own profile" on public.businesses for select using (auth.uid() = id);
create policy "Businesses can update own profile" on public.businesses for update using (auth.uid() = id);

create table public.funnels (
  id uuid primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  title text not null,
  slug text unique,
  theme jsonb not null default '{"color":"teal"}',
  visits bigint generated always as identity
);
alter table public.funnels enable row level security;
create policy "Owners manage their funnels" on public.funnels for all using (auth.uid() = business_id);
create policy "Anyone can view a funnel" on public.funnels for select to anon using (true);
create table public.click_events (id bigint generated always as identity primary key, funnel_id uuid references public.funnels (id) on delete cascade);

create function public.count_visit() returns trigger language plpgsql security definer as $$ begin return new; end $$;
create trigger count_visit before update on public.funnels for each row execute function public.count_visit();

insert into public.businesses (id, email, business_name, plan) values
  ('11111111-1111-4111-8111-111111111111', 'ana@example.com', 'Ana''s Bakery', 'pro'),
  ('22222222-2222-4222-8222-222222222222', 'ben@example.com', 'Ben & Söhne', 'free');
insert into public.funnels (id, business_id, title, slug) values
  ('aaaaaaaa-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111', 'Order a cake', 'cakes'),
  ('bbbbbbbb-2222-4222-8222-222222222222', '22222222-2222-4222-8222-222222222222', 'Book a visit', null);
insert into public.click_events (funnel_id) values ('aaaaaaaa-1111-4111-8111-111111111111');
reset role;
