-- Checks the scopes of a new API key: a mistyped scope would open nothing, and its user would find out late. A test compares this
-- list with the contract. limits:write is the operator's, and owners cannot give it to a key.
-- Runs: called by docs/sql/add-api-key.sql.

create or replace function messaging.existing_scopes(wanted text[]) returns text[] language plpgsql stable set search_path = '' as $$
declare
  known constant text[] := array['messages:read', 'messages:write', 'messages:export', 'deliveries:read', 'deliveries:write',
    'webhooks:read', 'webhooks:write', 'funnels:read', 'funnels:write', 'contacts:read', 'members:read', 'audit:read',
    'limits:write'];
  trimmed text[];
  scope text;
begin
  foreach scope in array wanted loop
    if btrim(scope) <> all (known) then
      raise 'There is no scope "%": give some of %', btrim(scope), array_to_string(known, ', ') using errcode = '22023';
    end if;
    trimmed := trimmed || btrim(scope);
  end loop;
  return trimmed;
end $$;

revoke all on function messaging.existing_scopes(text[]) from public, anon, authenticated;
grant execute on function messaging.existing_scopes(text[]) to messaging_worker;
