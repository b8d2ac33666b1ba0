-- Whether the address that was asked for is free or this funnel's already, and stays so until the commit; true where none was.
select messaging.claim_slug(cast(:#${variable.input.body} as jsonb) ->> 'slug', cast(:#${variable.id} as uuid))
