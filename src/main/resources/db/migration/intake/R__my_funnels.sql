-- The funnels of the business that the caller acts for. The table is the platform's own: its policies may show a member nothing.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by the policies of funnel_settings and funnel_origins, by letter(), and by statements that show funnels.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.my_funnels(wanted text) returns table (id uuid, name text, created_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select f.id, to_jsonb(f) ->> 'name', cast(to_jsonb(f) ->> 'created_at' as timestamptz)
    from public.funnels f
    where f.business_id = (select messaging.acting_for(wanted));
end $$;

revoke all on function messaging.my_funnels(text) from public, anon, authenticated;
grant execute on function messaging.my_funnels(text) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
