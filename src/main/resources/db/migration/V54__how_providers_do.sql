-- What each instance saw of its providers within the last minutes goes with its heartbeat to the others, so that the API can say whether
-- a provider is down. An instance of the version before sends nothing of it.
alter table messaging.instances add column providers jsonb not null default '[]';
