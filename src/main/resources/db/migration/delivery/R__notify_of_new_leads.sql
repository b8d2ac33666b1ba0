-- Notifies members of new leads, as they prefer: reads the events of businesses with such a member from where it was, and only those of
-- transactions before which none is under way any more. A lead that somebody has acted on meanwhile notifies nobody. Returns how many
-- businesses had news; at most 50, and 200 events of each.
-- Runs: called by a timer, until no business has news. Of two instances each takes other businesses.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.notify_of_new_leads(at timestamptz) returns integer language plpgsql
set search_path = '' set enable_seqscan = off as $$
declare
  horizon constant xid8 := messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()));
  place messaging.event_readers;
  event record;
  done integer := 0;
begin
  for place in
    select n.* from messaging.event_readers n
    where n.reader = 'notification' and exists (
      select from messaging.message_events e
      where e.business_id = n.business_id and (e.tx, e.id) > (n.tx, n.event_id) and e.tx < horizon)
    limit 50
    for update skip locked
  loop
    done := done + 1;
    for event in
      select e.tx, e.id, e.type, m.id as lead
      from messaging.message_events e
      left join public.messages m on m.id = e.message_id and m.type <> 'reminder' and coalesce(m.status, 'unread') in ('unread', 'read')
      where e.business_id = place.business_id and (e.tx, e.id) > (place.tx, place.event_id) and e.tx < horizon
      order by e.tx, e.id
      limit 200
    loop
      place.tx := event.tx;
      place.event_id := event.id;
      if event.type in ('message.created', 'message.released') and event.lead is not null then
        begin
          perform messaging.notify_members(place.business_id, event.lead, 'new_lead', 'new_lead', array(
            select m.user_id from messaging.business_members m where m.business_id = place.business_id
            union
            select place.business_id), null, at, null);
        exception when others then
          -- What fails for one lead stops no other.
          raise warning 'Members cannot be notified of lead %: %', event.lead, sqlerrm;
        end;
      end if;
    end loop;
    update messaging.event_readers n set tx = place.tx, event_id = place.event_id
    where n.business_id = place.business_id and n.reader = 'notification';
  end loop;
  return done;
end $$;

revoke all on function messaging.notify_of_new_leads(timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
