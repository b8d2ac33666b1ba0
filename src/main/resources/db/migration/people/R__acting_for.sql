-- The business that the caller acts for, null unless the caller's role is at least this: viewer, agent, key or owner. Reads the
-- claims itself, because it runs as the worker, who has no right to schema auth.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by nearly every policy, and by functions that run with the worker's rights.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.acting_for(wanted text) returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    with claims as (
      select nullif(current_setting('request.jwt.claims', true), '')::jsonb as c
    ),
    caller as (
      select (c ->> 'sub')::uuid as id, coalesce(c ->> 'business', c ->> 'sub')::uuid as business,
        case when c ->> 'role_in_app' = 'key' then 'key' end as machine
      from claims
      where c ->> 'sub' is not null and coalesce(c ->> 'is_anonymous', 'false') <> 'true'
    )
    select caller.business
    from caller
    left join messaging.business_members m on m.business_id = caller.business and m.user_id = caller.id
    where array_position(array['viewer', 'agent', 'key', 'owner'],
        coalesce(caller.machine, case when caller.id = caller.business then 'owner' end, m.role))
      >= array_position(array['viewer', 'agent', 'key', 'owner'], wanted)
      and (caller.machine is null or caller.id = caller.business));
end $$;

revoke all on function messaging.acting_for(text) from public, anon, authenticated;
grant execute on function messaging.acting_for(text) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
