-- Gives the notifications that a summary covers the state of the summary, once it has ended.
select messaging.pass_on_summaries(cast(:#${bean:now?method=moment} as timestamptz)) as summaries
