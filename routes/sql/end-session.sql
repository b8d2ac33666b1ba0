-- Signs out.
update messaging.sessions
set ended_at = cast(:#${bean:now} as timestamptz)
where hash = :#${variable.credentialHash} and ended_at is null
