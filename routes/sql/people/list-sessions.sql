-- The sessions of a person that go on, the one that asks first, then by their last use.
select cast(json_build_object('items', coalesce(json_agg(json_build_object('id', s.id, 'device', s.device,
  'createdAt', messaging.iso(s.created_at), 'lastUsedAt', messaging.iso(s.last_used_at), 'isCurrent', s.is_current)
  order by s.is_current desc, s.last_used_at desc, s.id), '[]')) as text)
from (
  select id, device, created_at, last_used_at, hash is not distinct from cast(:#${variable.credentialHash} as bytea) as is_current
  from messaging.sessions
  where person_id = cast(:#${variable.person.id} as uuid) and ended_at is null
    and expires_at > cast(:#${bean:now?method=moment} as timestamptz)
    and last_used_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '7 days'
  order by is_current desc, last_used_at desc
  limit 100) s
