-- The same request once more becomes no second lead: it is stored in messaging.repeats and counted on the first one.
-- Runs: after an update that raises "times" of a row of messaging.recent_requests, while the row stays with the same lead.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.count_seen_again() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.repeats (message_id, repeated_at) values (new.message_id, new.requested_at);
  perform messaging.count_repeats(new.message_id);
  return null;
end $$;

revoke all on function messaging.count_seen_again() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger count_seen_again after update of times on messaging.recent_requests
for each row when (new.message_id = old.message_id and new.times > old.times)
execute function messaging.count_seen_again();
