-- The forms of a typed word in the text of a lead: the word, and from four characters on also the part of a reference.
-- Runs: called by condition_of().

create or replace function messaging.forms_of(word text) returns text[] language sql immutable strict parallel safe as $$
  select array[word] || case when messaging.coded(word) ~ '^[А-Я]{4,8}$' and word ~ '^[0-9a-z]+-?[0-9a-z]*$' then array[messaging.coded(word)] else '{}' end
$$;

revoke all on function messaging.forms_of(text) from public, anon, authenticated;
grant execute on function messaging.forms_of(text) to messaging_worker;
