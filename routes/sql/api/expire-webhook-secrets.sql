-- Old secrets sign until the overlap is over and no longer, and those that ended before are forgotten. Says how many sign on.
with forgotten as (
  delete from messaging.webhook_secrets w
  where w.subscription_id = cast(:#${variable.input.values[id]} as uuid) and w.expires_at <= cast(:#${bean:now?method=moment} as timestamptz)
),
old as (
  update messaging.webhook_secrets w
  set expires_at = least(w.expires_at, cast(:#${bean:now?method=moment} as timestamptz) + cast(:#${variable.overlap} as interval))
  where w.subscription_id = cast(:#${variable.input.values[id]} as uuid)
    and (w.expires_at is null or w.expires_at > cast(:#${bean:now?method=moment} as timestamptz))
  returning w.expires_at
)
select count(*) from old where expires_at > cast(:#${bean:now?method=moment} as timestamptz)
