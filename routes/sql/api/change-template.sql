-- A template as it is from now on, unless another one of the channel has the name; says if so.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.input.values[id]} as uuid) as id,
    cast(:#${variable.caller.businessId} as uuid) as business_id
),
known as (
  select exists (
    select from messaging.templates t
    where t.business_id = input.business_id and t.id <> input.id and t.channel = input.body ->> 'channel'
      and lower(t.name) = lower(btrim(input.body ->> 'name'))) as is_taken
  from input
),
changed as (
  update messaging.templates t
  set channel = input.body ->> 'channel', name = btrim(input.body ->> 'name'), subject = input.body ->> 'subject',
    body = input.body ->> 'body', updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from input, known
  where t.id = input.id and t.business_id = input.business_id and not known.is_taken
  returning t.id
)
select cast(input.id as text) as id, false as is_full, known.is_taken
from input
cross join known
join messaging.templates t on t.id = input.id and t.business_id = input.business_id
