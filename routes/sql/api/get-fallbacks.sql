-- A business's lists of fallbacks, each in the order in which they are tried.
select cast(json_build_object('fallbacks', coalesce(json_object_agg(lists.channel, lists.fallbacks order by lists.channel), '{}')) as text)
  as fallbacks
from (
  select f.channel, json_agg(f.fallback order by f.position) as fallbacks
  from messaging.fallbacks f
  group by f.channel
) lists
