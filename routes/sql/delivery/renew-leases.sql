-- Renews the leases of what this instance is sending or has not yet recorded, all in one statement, and well before they end.
-- What was claimed or renewed a moment ago is left alone; what somebody has locked, such as the recording of its outcome, has its
-- turn the next time. The delivery has not changed by that: hand-back.sql goes by the time of its last change.
with held as (
  select d.id
  from jsonb_to_recordset(cast(:#held as jsonb)) as h (id uuid, attempt integer)
  cross join lateral (
    select d.id
    from messaging.deliveries d
    where d.id = h.id and d.state = 'sending' and d.leased_by = :#${bean:instance?method=name} and d.attempts = h.attempt
      and d.lease_until < cast(:#${bean:now?method=moment} as timestamptz) + 0.7 * cast(:#${bean:lease?method=length} as interval)
    limit 1
    for update skip locked) d
)
update messaging.deliveries d
set lease_until = cast(:#${bean:now?method=moment} as timestamptz) + cast(:#${bean:lease?method=length} as interval)
where d.id = any (array(select held.id from held))
