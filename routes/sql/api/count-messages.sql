-- How many of the caller's leads a filter finds; more than ten thousand are not counted on.
select cast(json_build_object('count', least(c.found, 10000), 'isMore', c.found > 10000) as text) as counted
from (
  select messaging.count_messages(
    cast(:#${variable.input.filter} as jsonb) || jsonb_build_object('now', cast(:#${bean:now?method=moment} as text)), 10001) as found) c
