-- Which of the businesses with open streams have events behind the earliest position of their streams: one statement each second for
-- all of them. Each is looked up by its key: the planner expects more of them than there are, and would read the whole table.
select w.business
from jsonb_to_recordset(cast(:#${variable.positions} as jsonb)) as w (business uuid, tx bigint, id bigint)
cross join lateral (
  select from messaging.message_events e
  where e.business_id = w.business and (e.tx, e.id) > (cast(cast(w.tx as text) as xid8), w.id)
    and e.tx < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()))
  limit 1) news
