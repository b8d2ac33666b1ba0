-- Everything that a platform can see of its own, a line each, without what carries this service's name: rights of the roles
-- messaging_*, policies messaging_* for them. The tables are those that the platform made.
with platform as (
  select oid from pg_class
  where relkind in ('r', 'v', 'S') and relnamespace::regnamespace::text in ('public', 'auth') and relname = any (?)
),
rights as (
  select 'database' as kind, datname::text as what, a.* from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) a
    where datname = current_database()
  union all
  select 'schema', nspname, a.* from pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
    where nspname in ('public', 'auth')
  union all
  select 'relation', c.oid::regclass::text, a.*
    from platform join pg_class c using (oid), aclexplode(coalesce(relacl, acldefault('r', relowner))) a
  union all
  select 'column', attrelid::regclass || '.' || attname, a.*
    from pg_attribute join platform on platform.oid = attrelid, aclexplode(attacl) a
  union all
  select 'function', p.oid::regprocedure::text, a.*
    from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
    where pronamespace::regnamespace::text in ('public', 'auth')
)
select line from (
  select 'right ' || kind || ' ' || what || ' ' || privilege_type || ' ' || is_grantable || ' to ' || grantee::regrole || ' by ' || grantor::regrole
    from rights where grantee::regrole::text not like 'messaging\_%'
  union all
  select 'role ' || cast(to_jsonb(r) - 'oid' as text) from pg_roles r where rolname not like 'messaging\_%' and rolname not like 'pg\_%'
  union all
  select 'member ' || member::regrole || ' of ' || roleid::regrole || ' ' || admin_option from pg_auth_members
    where member::regrole::text not like 'messaging\_%' and roleid::regrole::text not like 'messaging\_%'
  union all
  select 'schema ' || nspname || ' ' || nspowner::regrole from pg_namespace where nspname in ('public', 'auth')
  union all
  select 'relation ' || c.oid::regclass || ' ' || relowner::regrole || ' ' || relrowsecurity || ' ' || relforcerowsecurity || ' ' || coalesce(reloptions::text, '')
    from platform join pg_class c using (oid)
  union all
  select 'column ' || attrelid::regclass || ' ' || attnum || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
      || ' ' || attidentity::text || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
    from pg_attribute join platform on platform.oid = attrelid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum where attnum > 0 and not attisdropped
  union all
  select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(c.oid)
    from pg_constraint c join platform on platform.oid = conrelid
  union all
  select 'index ' || pg_get_indexdef(indexrelid) from pg_index join platform on platform.oid = indrelid
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || tgenabled::text from pg_trigger t join platform on platform.oid = tgrelid
    where not tgisinternal
  union all
  select 'policy ' || row_to_json(p) from pg_policies p join platform on platform.oid = format('%I.%I', schemaname, tablename)::regclass
    where policyname not like 'messaging\_%'
  union all
  select 'function ' || pg_get_functiondef(p.oid) || ' ' || proowner::regrole from pg_proc p
    where pronamespace::regnamespace::text in ('public', 'auth')
  union all
  select 'default rights ' || cast(to_jsonb(d) - 'oid' as text) from pg_default_acl d
  union all
  select 'published ' || row_to_json(p) from pg_publication_tables p
  union all
  select 'row ' || each.line
    from platform join pg_class c using (oid),
      lateral (select unnest(xpath('//line/text()', query_to_xml(
        format('select jsonb_strip_nulls(to_jsonb(t) - ''{tags,revision,due_at,found_by,awaits_confirmation}''::text[]) as line from %s t', c.oid::regclass), false, false, '')))::text as line) each
    where c.relkind = 'r'
) as seen (line)
order by line
