-- A key more, of which only the hash is kept, unless a hundred live ones are there: then no row comes back.
insert into messaging.api_keys (business_id, name, prefix, hash, scopes, created_by, expires_at, created_at)
select cast(:#${variable.caller.businessId} as uuid), body ->> 'name', cast(:#${variable.keyPrefix} as text), cast(:#${variable.newHash} as bytea),
  array(select distinct scope from jsonb_array_elements_text(body -> 'scopes') scope order by scope),
  cast(:#${variable.caller.name} as text), cast(body ->> 'expiresAt' as timestamptz), cast(:#${bean:now?method=moment} as timestamptz)
from (select cast(:#${variable.input.body} as jsonb) as body) input
where (
  select count(*) from messaging.api_keys k
  where k.revoked_at is null and (k.expires_at is null or k.expires_at > cast(:#${bean:now?method=moment} as timestamptz))) < 100
returning cast(id as text)
