-- Text as search compares it: NFKC, lower case, without accents, vowel points and invisible characters. Most text is ASCII and only
-- needs lower case.
-- Runs: called by found_by() and condition_of(). Results are stored in public.messages.found_by: a body that returns something else
-- needs a versioned migration that computes them anew. For that reason the collation of the first migration is kept.

do $$
declare
  home text;
  lower_by text;
begin
  select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent';
  -- Null, or what V34 chose where the database's own locale is C, whose lower() knows English only.
  lower_by := substring(pg_get_functiondef('messaging.folded(text)'::regprocedure) from ' COLLATE (?:pg_catalog\.)?("[^"]+"|\w+)');
  execute format($f$
    create or replace function messaging.folded(typed text) returns text language sql immutable strict parallel safe
      return case when octet_length(typed) = char_length(typed) then lower(typed)
        else translate(lower(%1$I.unaccent('%1$I.unaccent'::regdictionary, normalize(regexp_replace(normalize(typed, NFKD),
          '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]',
          '', 'g'), NFKC))%2$s), 'ς', 'σ') end
    $f$, home, coalesce(' collate pg_catalog.' || lower_by, ''));
end $$;

revoke all on function messaging.folded(text) from public, anon, authenticated;
grant execute on function messaging.folded(text) to authenticated, messaging_intake, messaging_worker;
