-- Makes the parts of the attempts for the months to come, and removes those whose leads have all been deleted.
select messaging.keep_months(cast(:#${bean:now?method=moment} as timestamptz))
