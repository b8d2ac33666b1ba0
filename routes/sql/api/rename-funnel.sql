-- Gives a funnel the name that was asked for. No row where no name was; a word instead of its id where it is not made here.
select messaging.rename_funnel(cast(:#${variable.id} as uuid), cast(:#${variable.input.body} as jsonb) ->> 'name') as id
where jsonb_exists(cast(:#${variable.input.body} as jsonb), 'name')
