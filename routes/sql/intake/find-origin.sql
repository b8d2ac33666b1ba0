-- Whether any funnel lists this origin: a browser asks before it says what it wants to send, and to which one.
select exists (select from messaging.funnel_origins where origin = :#origin)
