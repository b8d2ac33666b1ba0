-- Deletes a subscription; a trigger cancels what is owed to it.
delete from messaging.webhook_subscriptions where id = cast(:#${variable.asked.values[id]} as uuid) returning cast(id as text)
