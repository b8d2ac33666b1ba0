-- How many leads a filter finds for the caller, counted up to a maximum. It names no column that the filter does not, so that an index
-- alone may answer.
-- Runs: called by the API operations that count leads and views.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.count_messages(filter jsonb, most integer) returns integer language plpgsql stable security definer
set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  business uuid := messaging.acting_for('viewer');
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  found text := ' from public.messages m where ' || messaging.condition_of(filter) || ' limit ' || most;
  counted integer;
begin
  if business is null then
    return 0;
  end if;
  if filter ?| array['q', 'tag'] then
    select count(*) into counted from messaging.find_by_words('select m.id, m.created_at' || found, filter, business, person, null, null);
  else
    execute 'select count(*) from (select' || found || ') c' into counted using filter, business, person;
  end if;
  return counted;
end $$;

revoke all on function messaging.count_messages(jsonb, integer) from public, anon, authenticated;
grant execute on function messaging.count_messages(jsonb, integer) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
