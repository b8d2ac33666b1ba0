-- Runs a batch of the escalation steps that are due. Nothing is due where the number is 0.
select messaging.run_escalations(cast(:#${bean:now?method=moment} as timestamptz), 200) as due
