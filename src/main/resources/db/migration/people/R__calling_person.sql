-- The id of the person who calls; null for an API key, which carries the id of its business and would be taken for its owner.
-- Runs: called by the policies of saved_views and personal_preferences.

create or replace function messaging.calling_person() returns uuid language sql stable set search_path = '' as $$
  select (c ->> 'sub')::uuid
  from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb as c) claims
  where c ->> 'role_in_app' is distinct from 'key'
$$;

revoke all on function messaging.calling_person() from public, anon, authenticated;
grant execute on function messaging.calling_person() to authenticated;
