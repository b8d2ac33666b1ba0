-- The digits of a telephone number that somebody types into the search, without the leading zeros that it is dialled with; null when
-- it is no number. Each further digit finds the same leads or fewer.
-- Runs: called by condition_of().

create or replace function messaging.dialled(typed text) returns text language sql immutable strict parallel safe as $$
  select case
    when typed !~ '^[-+0-9 ().\/]+$' or typed !~ '[0-9]' and typed <> '+' then null
    -- 24/7 is none; 030/1234567 is.
    when typed ~ '/' and typed !~ '^[(]?[0+]' then null
    when typed ~ '^\+' then '+' || messaging.digits(regexp_replace(typed, '\(0\)?', '', 'g'))
    else ltrim(messaging.digits(typed), '0')
  end
$$;

revoke all on function messaging.dialled(text) from public, anon, authenticated;
grant execute on function messaging.dialled(text) to messaging_worker;
