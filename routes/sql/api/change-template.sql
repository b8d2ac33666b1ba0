-- A template as it is from now on, unless another one of the channel has the name; says if so.
with asked as (
  select cast(:#${variable.asked.body} as jsonb) as body, cast(:#${variable.asked.values[id]} as uuid) as id,
    cast(:#${variable.caller.businessId} as uuid) as business_id
),
known as (
  select exists (
    select from messaging.templates t
    where t.business_id = asked.business_id and t.id <> asked.id and t.channel = asked.body ->> 'channel'
      and lower(t.name) = lower(btrim(asked.body ->> 'name'))) as is_taken
  from asked
),
changed as (
  update messaging.templates t
  set channel = asked.body ->> 'channel', name = btrim(asked.body ->> 'name'), subject = asked.body ->> 'subject',
    body = asked.body ->> 'body', updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  from asked, known
  where t.id = asked.id and t.business_id = asked.business_id and not known.is_taken
  returning t.id
)
select cast(asked.id as text) as id, false as is_full, known.is_taken
from asked
cross join known
join messaging.templates t on t.id = asked.id and t.business_id = asked.business_id
