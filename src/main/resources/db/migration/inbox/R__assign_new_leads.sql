-- Assigns the new leads of a business by its rules, and leads that were released from quarantine or taken back from a member who left.
-- Its position in the events of the business is locked meanwhile: instances take turns, so that members do, too. Returns how many
-- events it went past; 0 when there are no more, or when another instance is at it.
-- Runs: called by the statement that assigns leads.

create or replace function messaging.assign_new_leads(business uuid, at timestamptz) returns integer language plpgsql set search_path = '' as $$
declare
  place messaging.event_readers;
  last record;
  news uuid[];
  lead public.messages;
begin
  select p.* into place from messaging.event_readers p where p.business_id = business and p.reader = 'assignment' for update skip locked;
  if not found then
    return 0;
  end if;
  -- Behind events of transactions that are under way others may still come.
  with event as materialized (
    select e.tx, e.id, e.message_id, e.type in ('message.created', 'message.released') or e.type = 'message.assigned'
        and e.data ->> 'to' is null and e.data ->> 'reason' in ('member-removed', 'member-may-only-look') as is_new
    from messaging.message_events e
    where e.business_id = business and (e.tx, e.id) > (place.tx, place.event_id)
      and e.tx < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()))
    order by e.tx, e.id
    limit 200
  )
  select count(*) as events, array_agg(distinct e.message_id) filter (where e.is_new) as leads,
    (array_agg(e.tx order by e.tx desc, e.id desc))[1] as tx, (array_agg(e.id order by e.tx desc, e.id desc))[1] as id
  into last
  from event e;
  if last.events = 0 then
    return 0;
  end if;
  -- In the order in which everybody locks leads.
  news := array(select m.id from public.messages m where m.id = any (last.leads) order by m.id for no key update);
  for lead in
    select m.* from public.messages m
    where m.id = any (news) and m.business_id = business and coalesce(m.status, 'unread') in ('unread', 'read') and m.assigned_to is null
      and m.quarantined_at is null
    order by m.created_at, m.id
  loop
    perform messaging.assign_lead(lead, at, '{}', null);
  end loop;
  update messaging.event_readers p set tx = last.tx, event_id = last.id where p.business_id = business and p.reader = 'assignment';
  return last.events;
end $$;

revoke all on function messaging.assign_new_leads(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.assign_new_leads(uuid, timestamptz) to messaging_worker;
