-- What those see who watch: how deliveries stand is told as it changes, and on a Supabase project its own channel tells of the tables.

-- For changes that the statement which made them has not announced itself. One statement for however many change; a claim is no news.
create function messaging.announce_deliveries() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(current_setting('messaging.announced', true), '') = 'deliveries' then
    return null;
  end if;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select n.business_id, n.message_id, 'delivery.updated',
    jsonb_build_object('delivery', n.id, 'channel', n.channel, 'state', n.state, 'from', o.state), n.updated_at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.message_id is not null and n.state <> o.state and n.state <> 'sending' and (o.state <> 'sending' or n.state <> 'pending');
  return null;
end $$;

create trigger announce_deliveries after update on messaging.deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function messaging.announce_deliveries();

revoke all on function messaging.announce_deliveries() from public, anon, authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.announce_deliveries() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;

-- What is told is what the API shows.
grant execute on function messaging.shown(public.messages), messaging.shown(messaging.deliveries), messaging.iso(timestamptz)
  to messaging_worker;

-- Pages that listen at the project itself go on doing so; what they get is what the policies of the tables let them see.
do $$
declare
  each text;
begin
  if exists (select from pg_publication where pubname = 'supabase_realtime' and not puballtables) then
    foreach each in array array['messages', 'message_channels', 'notification_preferences'] loop
      if not exists (
        select from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = each) then
        execute format('alter publication supabase_realtime add table public.%I', each);
      end if;
    end loop;
  end if;
exception when insufficient_privilege then
  raise notice 'The publication supabase_realtime is not ours to change: add public.messages, message_channels and notification_preferences to it to be told of changes by the project';
end $$;
