-- A reference, or a part of one, in capital Cyrillic letters, which no folded text contains: so a reference never looks like a word.
-- O is read as zero, I and L as one.
-- Runs: called by found_by() and forms_of(). Results are stored in public.messages.found_by: a body that returns something else
-- needs a versioned migration that computes them anew.

create or replace function messaging.coded(reference text) returns text language sql immutable strict parallel safe
  return translate(lower(reference), '0123456789abcdefghjkmnpqrstvwxyzoil-', 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯАББ');

revoke all on function messaging.coded(text) from public, anon, authenticated;
grant execute on function messaging.coded(text) to authenticated, messaging_intake, messaging_worker;
