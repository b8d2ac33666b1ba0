-- The forms of a typed word in the text of a lead: the word, and from four characters on also the part of a reference, which people
-- paste with a # before it, a full stop behind it or another dash in it.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by condition_of().

create or replace function messaging.forms_of(word text) returns text[] language plpgsql immutable strict parallel safe as $$
begin
  return (
    select array[word] || case when messaging.coded(plain) ~ '^[А-Я]{4,8}$' and plain ~ '^[0-9a-z]+-?[0-9a-z]*$' then array[messaging.coded(plain)] else '{}' end
    from (select translate(btrim(word, '#.,;:!?()[]"'), '‐‑‒–—−', '------') as plain) pasted);
end $$;

revoke all on function messaging.forms_of(text) from public, anon, authenticated;
grant execute on function messaging.forms_of(text) to messaging_worker;
