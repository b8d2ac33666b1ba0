-- No statement has ever written or read these two: steps of an escalation, and counts of SMS by country.
drop table messaging.escalation_steps;
drop table messaging.sms_usage;
