-- How many leads the demo business has, as far as they matter where it is to have so many.
select count(*)
from (
  select from public.messages m where m.funnel_id = cast(:#${bean:demo?method=funnel} as uuid)
  limit cast(:#${bean:demo?method=leads} as integer)) m
