-- Begins the escalation of leads that are new or were given to somebody, put off or raised.
select messaging.start_escalations() as begun
