-- A business with an assignment rule has a position in its events, from the moment of the first rule on; without one it has none, and
-- nothing is done for its leads.
-- Runs: after an insert, update or delete of an assignment rule.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.keep_assignment_position() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  business uuid := case tg_op when 'DELETE' then old.business_id else new.business_id end;
begin
  if not exists (select from messaging.assignment_rules r where r.business_id = business and r.rule <> 'nobody') then
    delete from messaging.assignment_positions p where p.business_id = business;
    delete from messaging.reassignments w where w.business_id = business;
  -- Rules go with their business, and nothing may be added to that meanwhile.
  elsif tg_op <> 'DELETE' then
    insert into messaging.assignment_positions (business_id, tx)
    values (business, messaging.place_of(pg_snapshot_xmin(pg_current_snapshot())))
    on conflict do nothing;
  end if;
  return null;
end $$;

revoke all on function messaging.keep_assignment_position() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger keep_assignment_position after insert or delete or update of rule on messaging.assignment_rules
for each row execute function messaging.keep_assignment_position();
