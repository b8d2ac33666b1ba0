-- What the operator allows the caller's business by SMS; null where the configuration holds.
select cast(json_build_object('perDay', l.per_day, 'perMonth', l.per_month, 'reserve', l.reserve, 'countries', l.countries,
  'updatedAt', messaging.iso(l.updated_at)) as text) as limits
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
left join messaging.sms_limits l on l.business_id = caller.business_id
