-- One key as its business sees it, and what it calls with where that was made a moment ago.
select cast(json_build_object('id', k.id, 'name', k.name, 'prefix', k.prefix, 'scopes', k.scopes, 'createdBy', k.created_by,
  'createdAt', messaging.iso(k.created_at), 'expiresAt', messaging.iso(k.expires_at), 'lastUsedAt', messaging.iso(k.last_used_at),
  'revokedAt', messaging.iso(k.revoked_at), 'key', cast(:#${variable.key} as text)) as text) as key
from messaging.api_keys k
where k.id = cast(:#${variable.id} as uuid)
