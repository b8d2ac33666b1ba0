-- Keeps an answer for those who ask again, in the commit of what it answers for.
insert into messaging.idempotency_keys (business_id, operation, key, body_hash, status, location, answer, created_at)
values (cast(:#${variable.caller.businessId} as uuid), :#${variable.operation}, :#${variable.input.values[Idempotency-Key]},
  :#${bean:storedResponses?method=hash(${variable.input})}, cast(:#${variable.stored.status} as smallint), :#${variable.stored.location},
  :#${bean:storedResponses?method=sealed(${variable.caller.businessId}, ${variable.input}, ${variable.stored})}, cast(:#${bean:now?method=moment} as timestamptz))
