-- The leads that a change of many means: those that are named, or those that a filter finds, of which one more than may be changed
-- at once says that there are more. Ten thousand that webhooks are told of one by one may take longer than anything else may; the
-- connection itself is given up after ten seconds.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body
),
found as materialized (
  select f.id
  from input
  cross join lateral messaging.find_messages(
    (input.body -> 'filter') || jsonb_build_object('now', cast(:#${bean:now?method=moment} as text)), 'newest', null, null, 10001) f
  where jsonb_exists(input.body, 'filter')
)
select case when jsonb_exists(input.body, 'filter') then (select count(*) from found) else jsonb_array_length(input.body -> 'ids') end as found,
  cast(case when jsonb_exists(input.body, 'filter') then (select coalesce(jsonb_agg(found.id), '[]') from found)
    else input.body -> 'ids' end as text) as ids,
  set_config('statement_timeout', '9s', true) as patience
from input
