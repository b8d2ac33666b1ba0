-- The settings of a business; one that never changed any has those that hold then.
select cast(json_build_object('name', s.name, 'timeZone', coalesce(s.time_zone, 'UTC'), 'retentionMonths', coalesce(s.retention_months, 24),
  'answerWithinMinutes', coalesce(s.answer_within_minutes, 60), 'businessHours', clock.hours) as text) as settings
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
left join messaging.business_settings s on s.business_id = caller.business_id
cross join lateral messaging.business_clock(caller.business_id) clock
