-- Deletes a funnel; its leads stay. A word instead of its id where it is not made here.
select messaging.delete_funnel(cast(:#${variable.input.values[id]} as uuid)) as id
