-- A template more, unless there are two hundred, or another one of the channel has the name; says which.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.caller.businessId} as uuid) as business_id,
    cast(:#${bean:now?method=moment} as timestamptz) as at
),
known as (
  select count(*) >= 200 as is_full,
    coalesce(bool_or(t.channel = input.body ->> 'channel' and lower(t.name) = lower(btrim(input.body ->> 'name'))), false) as is_taken
  from input
  left join messaging.templates t on t.business_id = input.business_id
),
added as (
  insert into messaging.templates (business_id, channel, name, subject, body, created_at, updated_at)
  select business_id, body ->> 'channel', btrim(body ->> 'name'), body ->> 'subject', body ->> 'body', at, at
  from input, known
  where not known.is_full and not known.is_taken
  returning id
)
select cast(added.id as text) as id, known.is_full, known.is_taken from known left join added on true
