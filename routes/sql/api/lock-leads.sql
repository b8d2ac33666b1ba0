-- Holds the leads that are to be changed until the end of the transaction, everybody in the same order. A statement of its own: what
-- comes after it sees them, and what was said of them, as whoever was first has left them. It also says how the next one is planned:
-- how many leads there will be cannot be estimated through policies, and ten thousand looked for among ten thousand one by one take
-- minutes. That one takes it back.
with held as materialized (
  select m.id
  from public.messages m
  where m.id = any (array(select cast(jsonb_array_elements_text(cast(:#${variable.ids} as jsonb)) as uuid)))
  order by m.id
  for no key update
)
select count(*) as held, set_config('enable_nestloop', 'off', true) as joined_by_hash, set_config('enable_seqscan', 'off', true) as by_id,
  set_config('enable_bitmapscan', 'off', true) as and_not_by_business
from held
