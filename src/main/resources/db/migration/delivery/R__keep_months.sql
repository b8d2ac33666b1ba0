-- Makes the months of messaging.delivery_attempts ahead, this one and the next three, and removes past ones that are empty: their leads
-- have all been deleted. A month of which rows are in the default partition stays there. A new part locks the whole for a moment:
-- where somebody works with it, the next run makes it. Returns how many months were made and removed. Runs with the rights of the
-- owner of the table, who alone may change it; as the policies bind the owner, too, whether a month is empty is told by its size.
-- Runs: called by the retention timer.

create or replace function messaging.keep_months(moment timestamptz) returns integer language plpgsql security definer
set search_path = '' set lock_timeout = '200ms' as $$
declare
  this_month timestamp := date_trunc('month', moment at time zone 'UTC');
  month timestamp;
  part text;
  changed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('messaging.keep_months', 0)) then
    return 0;
  end if;
  for month in select this_month + n * interval '1 month' from generate_series(0, 3) n loop
    part := 'delivery_attempts_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('messaging.' || part) is not null;
    begin
      -- Vacuum gives the disk back after the last rows, too, however few they are.
      execute format('create table messaging.%I partition of messaging.delivery_attempts for values from (%L) to (%L) with (autovacuum_vacuum_threshold = 0)',
        part, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      execute format('alter table messaging.%I enable row level security, force row level security', part);
      execute format('revoke all on messaging.%I from public, anon, authenticated', part);
      changed := changed + 1;
    exception
      when invalid_object_definition or check_violation then
        null; -- The first part has the month, or the default one has rows of it.
      when lock_not_available then
        return changed; -- Somebody works with the table: the next time.
    end;
  end loop;
  for part in
    select c.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'messaging.delivery_attempts'::regclass and c.relname ~ '_\d{4}_\d\d$'
      and to_date(right(c.relname, 7), 'YYYY_MM') < this_month and pg_relation_size(c.oid) = 0
  loop
    begin
      execute format('lock table messaging.%I in access exclusive mode', part);
      continue when pg_relation_size(('messaging.' || quote_ident(part))::regclass) > 0;
      execute format('drop table messaging.%I', part);
      changed := changed + 1;
    exception when lock_not_available then
      return changed;
    end;
  end loop;
  return changed;
end $$;

revoke all on function messaging.keep_months(timestamptz) from public, anon, authenticated;
grant execute on function messaging.keep_months(timestamptz) to messaging_worker;
