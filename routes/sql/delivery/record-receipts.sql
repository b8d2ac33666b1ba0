-- Records what providers report, moves the deliveries, and suppresses addresses, all in one commit.
select cast(messaging.record_receipts(cast(:#receipts as jsonb), cast(:#rules as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) as text) as result
