-- Who did what, in the commit of what was done: the operation, what it acted upon, and which fields were given, never what they
-- held. What kind of caller it is says the identity that the database acts for, not the request.
with caller as (
  select cast(current_setting('request.jwt.claims') as jsonb) as claims
),
input as (
  select cast(:#${variable.input.body} as jsonb) as body
)
insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
select cast(:#${variable.caller.businessId} as uuid), cast(:#${bean:now?method=moment} as timestamptz),
  case when caller.claims ->> 'role_in_app' is distinct from 'key' then 'person' when caller.claims ->> 'by' = 'address' then 'service'
    else 'key' end,
  cast(:#${variable.caller.id} as uuid),
  cast(:#${variable.caller.name} as text), cast(:#${variable.operation} as text),
  coalesce(cast(:#${variable.subject} as text), cast(:#${variable.id} as text), cast(:#${variable.input.values[id]} as text)),
  coalesce((select jsonb_build_object('fields', jsonb_agg(field order by field)) from jsonb_object_keys(input.body) field
      having count(*) > 0), '{}')
    || coalesce(cast(:#${variable.details} as jsonb), '{}')
from caller, input
