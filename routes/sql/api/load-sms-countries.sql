-- The countries that the operator lets the caller's business send SMS to; no row where those of the configuration hold.
select array_to_string(l.countries, ',') as countries
from messaging.sms_limits l
where l.business_id = cast(:#${variable.caller.businessId} as uuid)
