-- Disables a subscription, if it is not yet; what is owed to it is held page by page, and claimed no more from now on.
update messaging.webhook_subscriptions
set disabled_at = cast(:#${bean:now?method=moment} as timestamptz), disabled_reason = 'manual', updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where id = cast(:#${variable.input.values[id]} as uuid) and disabled_at is null
returning cast(id as text)
