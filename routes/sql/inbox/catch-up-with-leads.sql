-- Shows on leads what happened while somebody had them locked: requests that came once more, and what became of their deliveries.
select messaging.count_repeats(null) + messaging.show_changes() as shown
