-- Records what providers report, moves the deliveries, and suppresses addresses, all in one commit: a batch that fails is sent again whole.
select cast(messaging.record_receipts(cast(:#receipts as jsonb), cast(:#rules as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) as text) as result
