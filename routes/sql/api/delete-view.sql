-- Deletes a view.
delete from messaging.saved_views where id = cast(:#${variable.input.values[id]} as uuid) returning cast(id as text)
