-- A list of words from a filter: a JSON array, or a text with commas.
-- Runs: called by condition_of().

create or replace function messaging.several(wanted jsonb) returns text[] language sql immutable parallel safe as $$
  select case jsonb_typeof(wanted)
    when 'array' then array(select jsonb_array_elements_text(wanted))
    when 'string' then string_to_array(wanted #>> '{}', ',')
  end
$$;

revoke all on function messaging.several(jsonb) from public, anon, authenticated;
grant execute on function messaging.several(jsonb) to messaging_worker;
