-- Whether a person has asked for a delivery: replies, tests, mails to people, receipts of visitors, and what members want to be notified
-- of go out even when the channel of the business is switched off.
-- Runs: called by move_page(), and by the statements that claim and record deliveries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.is_asked_for(cause text) returns boolean language sql immutable as $$
  select cause in ('reply', 'test', 'account', 'notification', 'receipt')
$$;

revoke all on function messaging.is_asked_for(text) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
