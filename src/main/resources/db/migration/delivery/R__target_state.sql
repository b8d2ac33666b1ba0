-- Whether a target takes deliveries, in the words of target().
-- Runs: called by move_page(), and by the statement that finds switched targets.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.target_state(channel text, business uuid, lane uuid) returns text language sql stable set search_path = '' as $$
  select t.state from messaging.target(target_state.channel, target_state.business, target_state.lane) t
$$;

revoke all on function messaging.target_state(text, uuid, uuid) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
