-- Puts the policies of a business into the order of a list that names each of them once; no row where it does not.
with wanted as (
  select cast(id as uuid) as id, place
  from jsonb_array_elements_text(cast(:#${variable.input.body} as jsonb) -> 'ids') with ordinality as w (id, place)
),
known as (
  select p.id from messaging.escalation_policies p where p.business_id = cast(:#${variable.caller.businessId} as uuid)
),
moved as (
  update messaging.escalation_policies p
  set position = wanted.place, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from wanted
  where p.id = wanted.id and p.business_id = cast(:#${variable.caller.businessId} as uuid)
    and not exists (select id from known except select id from wanted) and not exists (select id from wanted except select id from known)
  returning p.id
)
select (select count(*) from moved) = (select count(*) from wanted) and (select count(*) from moved) > 0 as is_ordered
