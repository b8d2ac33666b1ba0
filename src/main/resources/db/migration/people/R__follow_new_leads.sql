-- A business whose members want to be notified of new leads is noted, with the place from which its events are read: leads that came in
-- before were notified as was wanted then. It is forgotten when no member wants that any more.
-- Runs: after a change of a member's own preferences or push devices.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.follow_new_leads() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  business constant uuid := case when tg_op = 'DELETE' then old.business_id else new.business_id end;
begin
  -- Two members who change theirs at once would each not see the other.
  perform pg_advisory_xact_lock(hashtextextended(business::text, 58));
  if exists (
    select from messaging.personal_preferences p
    cross join unnest(array['email', 'sms', 'push']) channel
    where p.business_id = business and p.events -> 'new_lead' ->> channel = 'true')
    -- A device rings for new leads unless its owner has said otherwise.
    or exists (select from messaging.push_devices d where d.business_id = business) then
    insert into messaging.notified_businesses (business_id, tx, event_id)
    select b.id, messaging.place_of(pg_current_xact_id()), 9223372036854775807 from public.businesses b where b.id = business
    on conflict do nothing;
  else
    delete from messaging.notified_businesses n where n.business_id = business;
  end if;
  return null;
end $$;

revoke all on function messaging.follow_new_leads() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger follow_new_leads after insert or delete or update of events on messaging.personal_preferences
for each row execute function messaging.follow_new_leads();

create or replace trigger follow_new_leads after insert or delete on messaging.push_devices
for each row execute function messaging.follow_new_leads();
