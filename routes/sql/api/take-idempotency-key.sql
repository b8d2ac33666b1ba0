-- Takes the key for the rest of the transaction, or says that another request has it. What was kept a day ago is forgotten first.
with forgotten as (
  delete from messaging.idempotency_keys
  where business_id = cast(:#${variable.caller.businessId} as uuid) and operation = :#${variable.operation}
    and key = :#${variable.input.values[Idempotency-Key]}
    and created_at <= cast(:#${bean:now?method=moment} as timestamptz) - interval '24 hours'
)
select pg_try_advisory_xact_lock(hashtextextended(
  concat_ws(' ', cast(:#${variable.caller.businessId} as text), cast(:#${variable.operation} as text),
    cast(:#${variable.input.values[Idempotency-Key]} as text)), 4)) as free
