-- Runs a search by its indexes only. How many leads a word finds cannot be estimated from its beginning, and a planner that expects
-- many would read all leads in order to find a few.
-- Runs: called by find_messages() and count_messages() for filters with words or tags.

create or replace function messaging.find_by_words(statement text, filter jsonb, business uuid, person uuid, moment timestamptz, place uuid)
returns table (id uuid, at timestamptz) language plpgsql stable
set search_path = '' set enable_seqscan = off set enable_indexscan = off set max_parallel_workers_per_gather = 0 as $$
begin
  return query execute statement using filter, business, person, moment, place;
end $$;

revoke all on function messaging.find_by_words(text, jsonb, uuid, uuid, timestamptz, uuid) from public, anon, authenticated;
grant execute on function messaging.find_by_words(text, jsonb, uuid, uuid, timestamptz, uuid) to messaging_worker;
