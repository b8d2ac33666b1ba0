-- The ids of the leads that a filter finds in the caller's business: one page in the order asked for (newest, oldest, time-left)
-- behind a place, or all. Runs with the worker's rights, because row-level security would keep the search index from being used;
-- the statement that shows a lead reads it as the caller.
-- Runs: called by the API operations that list, export and change leads.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.find_messages(filter jsonb, sort text default 'newest', moment timestamptz default null, place uuid default null, most integer default null)
returns table (id uuid, at timestamptz) language plpgsql stable security definer
set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  business uuid := messaging.acting_for('viewer');
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  chosen text := case sort when 'time-left' then 'due_at' else 'created_at' end;
  direction text := case sort when 'newest' then 'desc' else 'asc' end;
  behind text := case sort when 'time-left' then $c$m.business_id = $2 and m.status in ('unread', 'read') and m.due_at is not null$c$ else 'm.business_id = $2' end
    || case when moment is null then '' else format(' and (m.%I, m.id) %s ($4, $5)', chosen, case sort when 'newest' then '<' else '>' end) end;
  head text := format('select m.id, m.%I as at from ', chosen);
  rest text := ' and ' || behind
    || format(' order by m.%1$I %2$s, m.id %2$s limit %3$s', chosen, direction, coalesce(most::text, 'all'));
  tail text := ' m where ' || messaging.condition_of(filter) || rest;
  ids uuid[];
  moments timestamptz[];
begin
  if business is null then
    return;
  end if;
  if most <= 1000 and filter ?| array['q', 'tag', 'delivery'] then
    -- What many leads have is found among the next few thousand, and what few have, by its index.
    execute 'select array_agg(f.id), array_agg(f.at) from (' || head
        || format('(select * from public.messages m where %s order by m.%I %s, m.id %3$s limit 5000)', behind, chosen, direction)
        || ' m where ' || messaging.condition_of(filter, false) || rest || ') f'
      into ids, moments using filter, business, person, moment, place;
    if cardinality(ids) >= most then
      return query select * from unnest(ids, moments);
      return;
    end if;
  end if;
  if filter ?| array['q', 'tag'] then
    return query select * from messaging.find_by_words(head || 'public.messages' || tail, filter, business, person, moment, place);
  else
    return query execute head || 'public.messages' || tail using filter, business, person, moment, place;
  end if;
end $$;

revoke all on function messaging.find_messages(jsonb, text, timestamptz, uuid, integer) from public, anon, authenticated;
grant execute on function messaging.find_messages(jsonb, text, timestamptz, uuid, integer) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
