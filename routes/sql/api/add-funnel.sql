-- A funnel more, by the name that its business gives it; a word instead of its id where none can be made here.
select messaging.add_funnel(cast(:#${variable.input.body} as jsonb) ->> 'name', cast(:#${bean:now?method=moment} as timestamptz)) as id
