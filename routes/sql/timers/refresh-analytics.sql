-- Counts some of the days that are over and not yet counted, or not any more; says how much was done, 0 once nothing is left.
select messaging.refresh_figures(cast(:#${bean:now?method=moment} as timestamptz), cast(:#leads as integer))
