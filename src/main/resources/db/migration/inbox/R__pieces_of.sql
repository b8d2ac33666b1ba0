-- The pieces that every text has which contains this part.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by pieces_of_any() and condition_of().

create or replace function messaging.pieces_of(part text) returns tsquery language plpgsql immutable strict parallel safe as $$
begin
  return (
    select string_agg(format('''%s''%s', replace(replace(substr(part, at, 3), '\', '\\'), '''', ''''''), case when char_length(part) < 3 then ':*' else '' end), ' & ')::tsquery
    from generate_series(1, least(greatest(char_length(part) - 2, 1), 16)) at);
end $$;

revoke all on function messaging.pieces_of(text) from public, anon, authenticated;
grant execute on function messaging.pieces_of(text) to messaging_worker;
