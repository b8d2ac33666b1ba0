-- Deletes leads that were archived because of their age, once their business has had time to look.
select messaging.forget_expired(cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:retention?method=batch} as integer))
