-- Begins and ends canaries, and says how they do.
select cast(messaging.run_canary(cast(:#${variable.rules} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) as text)
