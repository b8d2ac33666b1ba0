-- Whose key it is and what it may do, if it still may; notes at most once a minute that it was used.
with valid as (
  select id, business_id, prefix, scopes, last_used_at
  from messaging.api_keys
  where hash = :#${variable.credentialHash} and revoked_at is null
    and (expires_at is null or expires_at > cast(:#${bean:now?method=moment} as timestamptz))
),
used as (
  update messaging.api_keys k
  set last_used_at = cast(:#${bean:now?method=moment} as timestamptz)
  from valid
  where k.id = valid.id
    and (valid.last_used_at is null or valid.last_used_at < cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute')
)
select id, business_id, prefix, array_to_string(scopes, ',') as scopes
from valid
