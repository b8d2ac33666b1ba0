-- What an earlier request with the key was answered. A statement after the one that took the key, so that it sees the last commit.
select business_id, body_hash, status, location, answer from messaging.idempotency_keys
where business_id = cast(:#${variable.caller.businessId} as uuid) and operation = :#${variable.operation}
  and key = :#${variable.input.values[Idempotency-Key]}
