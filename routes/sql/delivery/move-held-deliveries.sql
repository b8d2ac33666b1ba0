-- Holds, lets go or cancels one page of what is owed to a target that was switched; false when nothing is left to be moved.
select messaging.move_page(cast(:#${bean:now?method=moment} as timestamptz), string_to_array(:#${bean:channels?method=names}, ',')) as is_more
