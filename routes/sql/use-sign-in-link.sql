-- Uses a link, once and in time, and begins the session that it is for.
with used as (
  update messaging.sign_in_links
  set used_at = cast(:#${bean:now} as timestamptz)
  where id = cast(:#${variable.link} as uuid) and used_at is null and expires_at > cast(:#${bean:now} as timestamptz)
  returning person_id
)
insert into messaging.sessions (person_id, hash, created_at, last_used_at, expires_at)
select person_id, :#${variable.session.hash}, cast(:#${bean:now} as timestamptz), cast(:#${bean:now} as timestamptz),
  cast(:#${bean:now} as timestamptz) + interval '30 days'
from used
returning cast(id as text)
