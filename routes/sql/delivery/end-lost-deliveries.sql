-- Ends what was lost while sending and may not be sent once more: on channels that cost or annoy it is unknown whether it has
-- arrived; where every attempt was lost it has failed, because the next would be lost too.
update messaging.deliveries d
set state = case when c.resend then 'failed' else 'unknown' end,
  outcome_unknown = not c.resend,
  receipt_due_at = case when not c.resend then cast(:#${bean:now?method=moment} as timestamptz) + cast(c."receiptWait" as interval) end,
  last_error = case when c.resend then 'The service stopped each time while this was being sent'
    else 'The service stopped while this was being sent; whether it arrived is not known' end,
  leased_by = null, lease_until = null, ended_at = cast(:#${bean:now?method=moment} as timestamptz), updated_at = cast(:#${bean:now?method=moment} as timestamptz)
from jsonb_to_recordset(cast(:#${bean:channels?method=afterALoss} as jsonb)) as c (
  channel text, resend boolean, "receiptWait" text)
where d.channel = c.channel and d.id = any (array(
  -- One that somebody has locked is looked at again in a moment, and holds up no other.
  select lost.id
  from messaging.deliveries lost
  join jsonb_to_recordset(cast(:#${bean:channels?method=afterALoss} as jsonb)) as l (channel text, resend boolean, losses integer)
    on l.channel = lost.channel
  where lost.state = 'sending' and lost.lease_until <= cast(:#${bean:leases?method=lostBefore} as timestamptz)
    and (not l.resend or lost.attempts - lost.attempts_before >= least(lost.attempt_limit, l.losses))
  order by lost.lease_until limit 500
  for update of lost skip locked))
