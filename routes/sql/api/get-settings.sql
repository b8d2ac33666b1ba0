-- The settings of a business; one that never changed any has those that hold then.
select cast(json_build_object('name', s.name, 'timeZone', coalesce(s.time_zone, 'UTC'),
  'retentionMonths', coalesce(s.retention_months, 24), 'answerWithinMinutes', coalesce(s.answer_within_minutes, 60),
  'businessHours', (
    select jsonb_agg(h.entry order by h.place) from jsonb_array_elements(clock.hours) with ordinality h (entry, place) where jsonb_exists(h.entry, 'weekday')),
  'holidays', (
    select coalesce(jsonb_agg(jsonb_build_object('date', d.day, 'name', d.name, 'spans', d.spans) order by d.day), '[]')
    from messaging.business_holidays d where d.business_id = caller.business_id),
  'quietHours', json_build_object('mode', coalesce(s.quiet_hours, 'off'), 'spans', (
      select coalesce(jsonb_agg(jsonb_build_object('weekday', q.weekday, 'begins', q.opens, 'ends', q.closes) order by q.weekday, q.opens), '[]')
      from jsonb_to_recordset(s.quiet_spans) as q (weekday integer, opens text, closes text)),
    'urgentBreaksThrough', coalesce(s.urgent_breaks_through, true)),
  'asksForTime', coalesce(s.asks_for_time, false), 'timeZoneKnown', messaging.knows_zone(coalesce(s.time_zone, 'UTC'))) as text) as settings
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
left join messaging.business_settings s on s.business_id = caller.business_id
cross join lateral messaging.business_clock(caller.business_id) clock
