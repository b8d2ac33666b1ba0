-- Why the code of a confirmation did not get to its address; null where it did, or is on its way. Digits that could be the code are left
-- out. With the worker's rights, because callers do not see the deliveries of codes.
-- Runs: called by channels_of().

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.channel_code_problem(confirmation uuid) returns text language plpgsql stable security definer
set search_path = '' as $$
begin
  return (
    select regexp_replace(coalesce(d.last_error, 'The provider did not take it.'), '[0-9]{6}', '...', 'g')
    from messaging.deliveries d
    where d.business_id = messaging.acting_for('viewer') and d.cause = 'account' and d.period = 'confirmation ' || confirmation
      and d.state = 'failed'
    limit 1);
end $$;

revoke all on function messaging.channel_code_problem(uuid) from public, anon, authenticated;
grant execute on function messaging.channel_code_problem(uuid) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
