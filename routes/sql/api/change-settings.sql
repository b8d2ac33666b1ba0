-- Changes what was given of a business's settings and nothing else. The time zone comes by a name that the database knows.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body
)
insert into messaging.business_settings as s (business_id, name, time_zone, retention_months, answer_within_minutes, created_at)
select cast(:#${variable.caller.businessId} as uuid), body ->> 'name', coalesce(nullif(cast(:#${variable.timeZone} as text), ''), 'UTC'),
  coalesce(cast(cast(body ->> 'retentionMonths' as numeric) as smallint), 24),
  coalesce(cast(cast(body ->> 'answerWithinMinutes' as numeric) as integer), 60), cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id) do update
set (name, time_zone, retention_months, answer_within_minutes) = (
  select case when jsonb_exists(body, 'name') then body ->> 'name' else s.name end, coalesce(nullif(cast(:#${variable.timeZone} as text), ''), s.time_zone),
    coalesce(cast(cast(body ->> 'retentionMonths' as numeric) as smallint), s.retention_months),
    coalesce(cast(cast(body ->> 'answerWithinMinutes' as numeric) as integer), s.answer_within_minutes)
  from input)
returning cast(business_id as text)
