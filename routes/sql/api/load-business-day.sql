-- Which day it is on the wall of the caller's business. What is counted afterwards in this transaction is counted as it stands and in
-- memory: the planner takes its many small parts for something big, and compiling them would cost ten times what they do.
select cast(cast(cast(:#${bean:now?method=moment} as timestamptz) at time zone clock.zone as date) as text) as today
from messaging.business_clock(cast(:#${variable.caller.businessId} as uuid)) clock
where set_config('jit', 'off', true) is not null and set_config('work_mem', '16MB', true) is not null
