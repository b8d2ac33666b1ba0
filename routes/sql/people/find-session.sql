-- Whose session it is, if it goes on: thirty days at most, and seven without use. Notes at most once a minute that it was used.
with found as (
  select s.id, s.person_id, s.last_used_at
  from messaging.sessions s
  where s.hash = :#${variable.credentialHash} and s.ended_at is null
    and s.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
    and s.last_used_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '7 days'
),
used as (
  update messaging.sessions s
  set last_used_at = cast(:#${bean:now?method=moment} as timestamptz)
  from found
  where s.id = found.id and found.last_used_at < cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute'
)
select p.id, p.email
from found
join messaging.people p on p.id = found.person_id
