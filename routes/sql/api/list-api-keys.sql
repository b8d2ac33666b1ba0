-- The keys of a business, the newest first: all live ones and the latest of those that have ended.
select cast(json_build_object('keys', coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'prefix', k.prefix, 'scopes', k.scopes,
  'createdBy', k.created_by, 'createdAt', messaging.iso(k.created_at), 'expiresAt', messaging.iso(k.expires_at),
  'lastUsedAt', messaging.iso(k.last_used_at), 'revokedAt', messaging.iso(k.revoked_at), 'key', null)
  order by k.created_at desc, k.id), '[]')) as text) as keys
from (
  select id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at, revoked_at
  from messaging.api_keys order by revoked_at is not null, created_at desc limit 200) k
