-- One at a time per business until the end of the transaction: two that look at once would both find a name free, and one more allowed.
select pg_advisory_xact_lock(hashtextextended(cast(:#${variable.caller.businessId} as text), 6))
