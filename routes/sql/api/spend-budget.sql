-- Counts what is done against a budget of the caller's business; false where the day has no more. In the commit of what is done, so that
-- what is undone does not count. Without an amount it is one.
select messaging.spend(cast(:#${variable.spec.budget} as text), coalesce(cast(:#${variable.amount} as integer), 1),
  cast(:#${bean:budgets?method=most(${variable.spec.budget})} as integer), cast(:#${bean:now?method=moment} as timestamptz)) as is_within
