-- A lead's deliveries may be stored under a lease of the instance that stores them, which then sends them without a claim.
grant insert (id, attempts, leased_by, lease_until) on messaging.deliveries to messaging_intake;
