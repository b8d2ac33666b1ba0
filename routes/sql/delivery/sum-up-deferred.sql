-- Ends the quiet hours of up to 50 targets, whose notifications are sent or summed up; the channels to wake, null when none is due.
select messaging.sum_up(cast(:#${bean:now?method=moment} as timestamptz)) as channels
