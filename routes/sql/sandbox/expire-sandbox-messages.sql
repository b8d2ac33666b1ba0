-- The sandbox is a window, not an archive: a week of it is enough.
delete from messaging.sandbox_messages where caught_at < cast(:#${bean:now?method=moment} as timestamptz) - interval '7 days'
