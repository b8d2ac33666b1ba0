-- The pieces of a word that may be written in two ways: a text has those of the one or of the other.
-- Runs: called by condition_of().

create or replace function messaging.pieces_of_any(forms text[]) returns tsquery language sql immutable strict parallel safe as $$
  select case when cardinality(forms) = 1 then messaging.pieces_of(forms[1]) else messaging.pieces_of(forms[1]) || messaging.pieces_of(forms[2]) end
$$;

revoke all on function messaging.pieces_of_any(text[]) from public, anon, authenticated;
grant execute on function messaging.pieces_of_any(text[]) to messaging_worker;
