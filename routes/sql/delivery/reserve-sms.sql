-- Reserves what a batch of short messages costs, all in one statement, and gives those that must not be sent, with why.
select refused.sms as delivery_id, refused.because, refused.budget, refused.kept as reserve
from messaging.reserve_sms(cast(:#sms as jsonb), cast(:#limits as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) refused
