-- One at a time per business until the end of the transaction: of two that replace the lists at once the later one stays, whole.
select pg_advisory_xact_lock(hashtextextended(cast(:#${variable.caller.businessId} as text), 2))
