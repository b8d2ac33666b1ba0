-- Deletes a subscription; what is owed to it is cancelled page by page, and called no more from now on.
delete from messaging.webhook_subscriptions where id = cast(:#${variable.input.values[id]} as uuid) returning cast(id as text)
