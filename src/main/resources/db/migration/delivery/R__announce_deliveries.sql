-- Each change of a delivery's state becomes a "delivery.updated" event, which live views and webhooks receive. A claim (sending)
-- is no change worth an event. A statement that writes better events itself sets messaging.announced = 'deliveries' first.
-- Runs: after every update of messaging.deliveries, once per statement.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.announce_deliveries() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(current_setting('messaging.announced', true), '') = 'deliveries' then
    return null;
  end if;
  with news as materialized (
    select n.id, n.business_id, n.message_id, n.channel, n.state, o.state as was, n.updated_at
    from new_rows n
    join old_rows o on o.id = n.id
    where (n.message_id is not null or n.cause = 'test')
      and n.state <> o.state and n.state <> 'sending' and (o.state <> 'sending' or n.state <> 'pending')
  ),
  -- An entry refers to its lead, and would wait for whoever is about to delete that.
  free as materialized (
    select m.id from public.messages m where m.id = any (array(select news.message_id from news)) order by m.id for key share skip locked
  ),
  later as (
    insert into messaging.unshown_changes (message_id, delivery_id, told_from, told_to)
    select news.message_id, news.id, news.was, news.state
    from news
    where news.message_id is not null and not exists (select from free where free.id = news.message_id)
  )
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select news.business_id, news.message_id, 'delivery.updated',
    jsonb_build_object('delivery', news.id, 'channel', news.channel, 'state', news.state, 'from', news.was), news.updated_at
  from news
  where news.message_id is null or exists (select from free where free.id = news.message_id);
  return null;
end $$;

revoke all on function messaging.announce_deliveries() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger announce_deliveries after update on messaging.deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function messaging.announce_deliveries();
