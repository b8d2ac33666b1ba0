-- Where the events of this moment begin, and whether more than ten thousand stand between it and a place.
select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as now, (
    select count(*) > 10000
    from (
      select from messaging.message_events e
      where e.business_id = cast(:#${variable.caller.businessId} as uuid)
        and (e.tx, e.id) > (cast(cast(:#${variable.position.tx} as text) as xid8), cast(:#${variable.position.id} as bigint))
      limit 10001) missed) as is_too_long_ago
