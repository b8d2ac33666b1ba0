-- Changes what was given of a business's settings and nothing else. The time zone comes by a name that the database knows.
with input as (
  select request.body, body ->> 'name' as name, nullif(cast(:#${variable.timeZone} as text), '') as time_zone,
    cast(cast(body ->> 'retentionMonths' as numeric) as smallint) as retention_months,
    cast(cast(body ->> 'answerWithinMinutes' as numeric) as integer) as answer_within_minutes,
    body -> 'quietHours' ->> 'mode' as quiet_hours, (
      select coalesce(jsonb_agg(jsonb_build_object('weekday', q.weekday, 'opens', q.begins, 'closes', q.ends)), '[]')
      from jsonb_to_recordset(body -> 'quietHours' -> 'spans') as q (weekday numeric, begins text, ends text)) as quiet_spans,
    cast(body -> 'quietHours' ->> 'urgentBreaksThrough' as boolean) as urgent_breaks_through, cast(body ->> 'asksForTime' as boolean) as asks_for_time
  from (select cast(:#${variable.input.body} as jsonb) as body) request
)
insert into messaging.business_settings as s (business_id, name, time_zone, retention_months, answer_within_minutes, quiet_hours, quiet_spans,
  urgent_breaks_through, asks_for_time, created_at)
select cast(:#${variable.caller.businessId} as uuid), name, coalesce(time_zone, 'UTC'), coalesce(retention_months, 24),
  coalesce(answer_within_minutes, 60), coalesce(quiet_hours, 'off'), quiet_spans, coalesce(urgent_breaks_through, true),
  coalesce(asks_for_time, false), cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id) do update
set (name, time_zone, retention_months, answer_within_minutes, quiet_hours, quiet_spans, urgent_breaks_through, asks_for_time) = (
  select case when jsonb_exists(body, 'name') then input.name else s.name end, coalesce(input.time_zone, s.time_zone),
    coalesce(input.retention_months, s.retention_months), coalesce(input.answer_within_minutes, s.answer_within_minutes),
    coalesce(input.quiet_hours, s.quiet_hours), case when input.quiet_hours is null then s.quiet_spans else input.quiet_spans end,
    coalesce(input.urgent_breaks_through, s.urgent_breaks_through), coalesce(input.asks_for_time, s.asks_for_time)
  from input)
returning cast(business_id as text)
