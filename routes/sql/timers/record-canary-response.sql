-- What the HTTP intake responded to a canary.
update messaging.canaries
set message_id = cast(:#${variable.response.message} as uuid), response = cast(:#${variable.response.text} as text)
where id = cast(:#${variable.canary.id} as uuid)
