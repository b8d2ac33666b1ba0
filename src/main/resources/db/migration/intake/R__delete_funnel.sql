-- Deletes a funnel of the caller's business with its form and origins, and returns its id; null when the funnel is not theirs,
-- 'elsewhere' where the table is the platform's. Its leads stay, without a funnel.
-- Runs: called by the API operation that deletes a funnel.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.delete_funnel(funnel uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
  deleted text;
begin
  if not exists (select from public.funnels f where f.id = funnel and f.business_id = messaging.acting_for('key')) then
    return null;
  elsif not has_table_privilege('public.funnels', 'delete') then
    return 'elsewhere';
  end if;
  delete from public.funnels f where f.id = funnel returning f.id::text into deleted;
  return deleted;
end $$;

revoke all on function messaging.delete_funnel(uuid) from public, anon, authenticated;
grant execute on function messaging.delete_funnel(uuid) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
