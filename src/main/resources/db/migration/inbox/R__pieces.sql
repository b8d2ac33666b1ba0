-- The pieces that search finds a text by: every three characters that follow one another, the last two and the last one. Cut in
-- three rounds, which is the fastest way in this server.
-- Runs: whenever a lead is written: the index messages_found_by holds its result. A body that returns something else needs a
-- versioned migration that rebuilds the index.

create or replace function messaging.pieces(text) returns tsvector language plpgsql immutable strict parallel safe cost 1000 as $$
begin
  return array_to_tsvector(array_remove(string_to_array(
    regexp_replace($1, '(...)', e'\\1\x01', 'g') || e'\x01' || regexp_replace(substr($1, 2), '(...)', e'\\1\x01', 'g') || e'\x01'
      || regexp_replace(substr($1, 3), '(...)', e'\\1\x01', 'g'), e'\x01'), ''));
end $$;

revoke all on function messaging.pieces(text) from public, anon, authenticated;
grant execute on function messaging.pieces(text) to authenticated, messaging_intake, messaging_worker;
