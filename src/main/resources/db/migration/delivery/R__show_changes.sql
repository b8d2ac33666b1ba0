-- Does what had to be skipped because another transaction had locked the lead: writes the events, shows the states, starts the
-- fallbacks. Returns the number of changes; at most 500 leads at a time.
-- Runs: called by the timer that catches up with leads.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_changes() returns bigint language plpgsql set search_path = '' as $$
declare
  free uuid[];
  failed messaging.deliveries;
  done bigint;
begin
  free := array(
    select lead.id
    from (
      select m.id
      from (select distinct u.message_id from messaging.unshown_changes u) waiting
      join public.messages m on m.id = waiting.message_id
      limit 500
      for no key update of m skip locked) lead);
  if free = '{}' then
    return 0;
  end if;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select d.business_id, d.message_id, 'delivery.updated',
    jsonb_build_object('delivery', d.id, 'channel', d.channel, 'state', u.told_to, 'from', u.told_from), d.updated_at
  from messaging.unshown_changes u
  join messaging.deliveries d on d.id = u.delivery_id
  where u.message_id = any (free) and u.told_to is not null
  order by u.id;
  for failed in
    select d.*
    from messaging.deliveries d
    where d.id in (select u.delivery_id from messaging.unshown_changes u where u.message_id = any (free) and u.has_failed)
      and (d.state = 'failed' or d.state = 'unknown' and d.receipt_due_at is null)
  loop
    perform messaging.pass_on(failed);
  end loop;
  perform messaging.show_deliveries(free, (
    select max(d.updated_at) from messaging.unshown_changes u join messaging.deliveries d on d.id = u.delivery_id where u.message_id = any (free)));
  delete from messaging.unshown_changes u where u.message_id = any (free);
  get diagnostics done = row_count;
  return done;
end $$;

revoke all on function messaging.show_changes() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
