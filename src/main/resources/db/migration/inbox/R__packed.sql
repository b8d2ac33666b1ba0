-- Whole seconds as four bytes each, which Java reads at once.
-- Runs: called by keep_figures() for past days, and by the statement that loads figures for the newest.

create or replace function messaging.packed(seconds integer[]) returns bytea language sql immutable as $$
  select coalesce(string_agg(int4send(s), ''), '') from unnest(seconds) s
$$;

revoke all on function messaging.packed(integer[]) from public, anon, authenticated;
grant execute on function messaging.packed(integer[]) to authenticated, messaging_worker;
