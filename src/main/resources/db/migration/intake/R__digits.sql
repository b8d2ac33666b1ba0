-- The digits of a telephone number as somebody typed it.
-- Runs: called by found_by(), dialled() and messages_of(). Results are stored in public.messages.found_by and its index: a body
-- that returns something else needs a versioned migration that computes them anew.

create or replace function messaging.digits(typed text) returns text language sql immutable set search_path = '' as $$
  select regexp_replace(typed, '[^0-9]', '', 'g')
$$;

revoke all on function messaging.digits(text) from public, anon, authenticated;
grant execute on function messaging.digits(text) to authenticated, messaging_intake, messaging_worker;
