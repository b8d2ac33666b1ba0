-- Renames a funnel of the caller's business and returns its id; null when the funnel is not theirs, 'elsewhere' where the table is
-- the platform's.
-- Runs: called by the API operation that changes a funnel.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.rename_funnel(funnel uuid, named text) returns text language plpgsql security definer set search_path = '' as $$
declare
  renamed text;
begin
  if not exists (select from public.funnels f where f.id = funnel and f.business_id = messaging.acting_for('key')) then
    return null;
  elsif not has_table_privilege('public.funnels', 'delete') then
    return 'elsewhere';
  end if;
  update public.funnels f set name = named where f.id = funnel returning f.id::text into renamed;
  return renamed;
end $$;

revoke all on function messaging.rename_funnel(uuid, text) from public, anon, authenticated;
grant execute on function messaging.rename_funnel(uuid, text) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
