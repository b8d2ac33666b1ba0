-- Makes an API key for a business and prints it, this once: only its hash is kept. For psql, with the login that the service
-- connects with (SPRING_DATASOURCE_USERNAME):
--
--   psql "$DATABASE" -f docs/sql/add-api-key.sql -v business=5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01 -v name='The CRM' \
--     -v scopes='deliveries:read,deliveries:write,webhooks:read,webhooks:write,messages:read'
--
-- A scope that does not exist is named, and no key is made. To end a key: update messaging.api_keys set revoked_at = now() where prefix = 'cbk_…', in the same role.
set role messaging_worker;
with made as (
  select 'cbk_' || replace(cast(gen_random_uuid() as text) || cast(gen_random_uuid() as text), '-', '') as key
),
kept as (
  insert into messaging.api_keys (business_id, name, prefix, hash, scopes)
  select cast(:'business' as uuid), :'name', left(key, 12), sha256(convert_to(key, 'UTF8')), messaging.existing_scopes(string_to_array(:'scopes', ','))
  from made
)
select key from made;
reset role;
