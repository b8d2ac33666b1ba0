-- Whose key it is and what it may do, if it still may; notes at most once a minute that it was used.
with used as (
  update messaging.api_keys
  set last_used_at = cast(:#${bean:now} as timestamptz)
  where hash = :#${variable.credentialHash}
    and (last_used_at is null or last_used_at < cast(:#${bean:now} as timestamptz) - interval '1 minute')
)
select id, business_id, prefix, array_to_string(scopes, ',') as scopes
from messaging.api_keys
where hash = :#${variable.credentialHash} and revoked_at is null
  and (expires_at is null or expires_at > cast(:#${bean:now} as timestamptz))
