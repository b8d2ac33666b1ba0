-- The roles that the service works under, and what a Supabase project already has: roles anon and authenticated,
-- schema auth. Roles belong to the whole server, so each is made only where it is missing. service_role is never
-- made here. Where the login may not create roles, docs/sql/roles.sql holds what an administrator runs once.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'messaging_intake', 'messaging_worker', 'messaging_api'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin noinherit', wanted);
      exception
        when duplicate_object or unique_violation then null; -- another database of this server was faster
        when insufficient_privilege then
          raise exception 'The database login "%" may not create the role "%": let an administrator run docs/sql/roles.sql once, then start again',
            current_user, wanted;
      end;
    end if;
  end loop;
end $$;

-- The login becomes each of the three at run time (set role), without inheriting their rights. The test is the deed:
-- whether a membership carries SET cannot be asked the same way on all supported versions.
do $$
declare
  wanted text;
  me text := current_user;
begin
  foreach wanted in array array['messaging_intake', 'messaging_worker', 'messaging_api'] loop
    begin
      execute format('set local role %I', wanted);
    exception when insufficient_privilege then
      begin
        execute format('grant %I to %I', wanted, me);
      exception when insufficient_privilege then
        raise exception 'The database login "%" may not act as the role "%": let an administrator run docs/sql/roles.sql once, then start again',
          me, wanted;
      end;
    end;
    execute format('set local role %I', me);
  end loop;
  if not pg_has_role('messaging_api', 'authenticated', 'member') then
    begin
      grant authenticated to messaging_api;
    exception when insufficient_privilege then
      raise exception 'The database login "%" may not grant the role "authenticated": let an administrator run docs/sql/roles.sql once, then start again', me;
    end;
  end if;
end $$;

do $$
begin
  if not exists (select from pg_namespace where nspname = 'auth') then
    create schema auth;
    grant usage on schema auth to anon, authenticated;
    create function auth.jwt() returns jsonb language sql stable
      as $f$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $f$;
    create function auth.uid() returns uuid language sql stable
      as $f$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $f$;
    create function auth.role() returns text language sql stable
      as $f$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $f$;
    revoke execute on function auth.jwt(), auth.uid(), auth.role() from public;
    grant execute on function auth.jwt(), auth.uid(), auth.role() to anon, authenticated;
  end if;
end $$;

revoke all on schema messaging from public;
grant usage on schema messaging to messaging_intake, messaging_worker;

-- As a rule everybody has this right already. Where not, and where the login may not give it, docs/sql/roles.sql does.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['messaging_intake', 'messaging_worker', 'authenticated'] loop
    if not has_schema_privilege(wanted, 'public', 'usage') then
      execute format('grant usage on schema public to %I', wanted);
    end if;
    if not has_schema_privilege(wanted, 'public', 'usage') then
      raise exception 'The database login "%" may not let the role "%" into schema public: let an administrator run docs/sql/roles.sql once, then start again',
        current_user, wanted;
    end if;
  end loop;
end $$;
