-- A new key for the demo at each start, since none is kept that could be shown again; earlier ones end.
with ended as (
  update messaging.api_keys
  set revoked_at = cast(:#${bean:now?method=moment} as timestamptz)
  where name = 'Demo' and revoked_at is null and business_id = (
    select f.business_id from public.funnels f where f.id = cast(:#${bean:demo?method=funnel} as uuid))
)
insert into messaging.api_keys (business_id, name, prefix, hash, scopes, created_at)
select f.business_id, 'Demo', :#keyPrefix, :#keyHash, '{messages:read,messages:write,messages:export,deliveries:read,deliveries:write,webhooks:read,webhooks:write,funnels:read,funnels:write,members:read,audit:read}',
  cast(:#${bean:now?method=moment} as timestamptz)
from public.funnels f where f.id = cast(:#${bean:demo?method=funnel} as uuid)
