-- The settings of a business; one that never changed any has those that hold then.
select cast(json_build_object('name', s.name, 'timeZone', coalesce(s.time_zone, 'UTC'), 'retentionMonths', coalesce(s.retention_months, 24))
  as text) as settings
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
left join messaging.business_settings s on s.business_id = caller.business_id
