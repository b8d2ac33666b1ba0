-- Where a transaction is in the order of events of all clusters that the data was in: transaction numbers start again in a new
-- cluster. epoch_start() is the offset; afterMigrate__begin_an_epoch.sql replaces it at the first start on another cluster.
-- Runs: at every insert into messaging.message_events, as the default of tx, and by the statements that read events.

create or replace function messaging.place_of(transaction xid8) returns xid8 language sql stable parallel safe
  return (transaction::text::bigint + messaging.epoch_start())::text::xid8;

revoke all on function messaging.place_of(xid8) from public, anon, authenticated;
grant execute on function messaging.place_of(xid8) to authenticated, messaging_intake, messaging_worker;
