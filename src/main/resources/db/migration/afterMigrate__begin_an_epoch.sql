-- Begins an epoch where the data has come to another cluster: by its name, or because events stand where none can be yet. Looked at
-- each time that the service starts, also where there is nothing to migrate. Places of earlier epochs stay behind all new ones, see
-- V33; ten million million transactions fit between two epochs.
do $$
declare
  cluster text := '';
  known text;
  begun bigint;
  lies_ahead boolean;
begin
  begin
    cluster := (select c.system_identifier::text from pg_control_system() c);
  exception when insufficient_privilege then
    null; -- Then events alone tell.
  end;
  -- One instance at a time; who comes next sees what this one has begun.
  perform pg_advisory_xact_lock(hashtextextended('messaging.epoch', 0));
  execute 'select messaging.epoch_start(), messaging.epoch_cluster()' into begun, known;
  set local role messaging_worker;
  select exists (
    select from (select e.tx from messaging.message_events e order by e.id desc limit 1000) newest
    where newest.tx::text::bigint >= begun + pg_snapshot_xmax(pg_current_snapshot())::text::bigint) into lies_ahead;
  set local role none;
  if lies_ahead or known <> cluster and known <> '' and cluster <> '' then
    execute format($f$create or replace function messaging.epoch_start() returns bigint language sql stable parallel safe
      as $b$ select bigint '%s' $b$ $f$, begun + 10000000000000);
  end if;
  if known <> cluster and cluster <> '' then
    execute format($f$create or replace function messaging.epoch_cluster() returns text language sql stable parallel safe
      as $b$ select text %L $b$ $f$, cluster);
  end if;
end $$;
