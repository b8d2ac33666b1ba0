-- Ends a key: the next call with it is refused. When it ended first stays.
update messaging.api_keys k
set revoked_at = coalesce(k.revoked_at, cast(:#${bean:now?method=moment} as timestamptz))
where k.id = cast(:#${variable.input.values[id]} as uuid)
returning cast(k.id as text)
