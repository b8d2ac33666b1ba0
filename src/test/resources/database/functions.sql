-- All that a function or trigger of ours is, a line each: definition, owner and rights.
with ours as (
  select p.* from pg_proc p
  where p.pronamespace in ('messaging'::regnamespace, 'public'::regnamespace)
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
)
select 'function ' || pg_get_functiondef(oid) as line from ours
union all
select 'owner ' || oid::regprocedure || ' ' || proowner::regrole from ours
union all
select 'right ' || ours.oid::regprocedure || ' ' || r.privilege_type || ' ' || r.is_grantable || ' to ' || r.grantee::regrole
  from ours, aclexplode(coalesce(proacl, acldefault('f', proowner))) r
union all
select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace)
order by line
