-- Where the events of this moment begin, and whether a listener cannot go on from their place: more than ten thousand events stand
-- between, or it is of another cluster than this one, before its epoch or ahead of all that it has.
with here as (
  select cast(cast(messaging.place_of(pg_snapshot_xmin(pg_current_snapshot())) as text) as bigint) as now,
    cast(:#${variable.position.tx} as bigint) as tx, cast(:#${variable.position.id} as bigint) as id
)
select here.now, here.tx > here.now or here.tx between 1 and messaging.epoch_start() or (
    select count(*) > 10000
    from (
      select from messaging.message_events e
      where e.business_id = cast(:#${variable.caller.businessId} as uuid) and (e.tx, e.id) > (cast(cast(here.tx as text) as xid8), here.id)
      limit 10001) missed) as must_begin_anew
from here
