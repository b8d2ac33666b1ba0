-- What the sandbox caught, newest first.
select id, channel, recipient as "to", subject, body, html, cast(headers as text) as headers,
  to_char(caught_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
from messaging.sandbox_messages
where channel = coalesce(cast(:#${header.channel} as text), channel)
order by id desc
limit cast(:#most as integer)
