-- Records that the right code was given for an address; null where another code has taken its place. Callers have no right to do it
-- themselves, so this runs as the worker, after the code was compared.
select messaging.confirm(cast(:#${variable.confirmation} as uuid), cast(:#${bean:now?method=moment} as timestamptz)) as address
