-- One at a time per business until the end of the transaction: two that look at once would both find the last place free.
select pg_advisory_xact_lock(hashtextextended(cast(:#${variable.caller.businessId} as text), 7))
