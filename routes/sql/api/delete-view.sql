-- Deletes a view.
delete from messaging.saved_views where id = cast(:#${variable.asked.values[id]} as uuid) returning cast(id as text)
