-- The order of events survives a move to another cluster, counts know of changed views, and no lead stays with somebody who cannot
-- answer it.

-- ---- Epochs ---------------------------------------------------------------------------------------------------------------------

-- Events are ordered by the transaction that wrote them. A dump restored into another cluster meets transaction numbers that begin
-- again: what is new would stand before what is old. So a number is counted from the beginning of an epoch, and each cluster that the
-- data comes to is an epoch of its own. Two constants, which cost nothing where they are used; afterMigrate__begin_an_epoch.sql
-- replaces both when the service starts on another cluster; they are "stable", so that a plan that holds one is made anew then.
create function messaging.epoch_start() returns bigint language sql stable parallel safe as $$ select bigint '0' $$;
create function messaging.epoch_cluster() returns text language sql stable parallel safe as $$ select text '' $$;

-- Where a transaction of this epoch stands among the events of all epochs, and the way back.
create function messaging.place_of(transaction xid8) returns xid8 language sql stable parallel safe
  return (transaction::text::bigint + messaging.epoch_start())::text::xid8;
create function messaging.transaction_at(place xid8) returns xid8 language sql stable parallel safe
  return greatest(place::text::bigint - messaging.epoch_start(), 0)::text::xid8;

revoke all on function messaging.epoch_start(), messaging.epoch_cluster(), messaging.place_of(xid8), messaging.transaction_at(xid8)
  from public, anon, authenticated;
grant execute on function messaging.epoch_start(), messaging.place_of(xid8), messaging.transaction_at(xid8)
  to messaging_intake, messaging_worker, authenticated;

alter table messaging.message_events alter column tx set default messaging.place_of(pg_current_xact_id());

-- ---- Views ----------------------------------------------------------------------------------------------------------------------

-- Counts hold until an event says otherwise, and how many leads a view has depends on the view.
create function messaging.announce_view() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.message_events (business_id, type, created_at)
  select b.id, 'view.changed', now() from public.businesses b where b.id = coalesce(new.business_id, old.business_id);
  return null;
end $$;

create trigger announce_view after insert or delete or update of filter, owner_id on messaging.saved_views
for each row execute function messaging.announce_view();

-- ---- Members --------------------------------------------------------------------------------------------------------------------

-- Leads that still want an answer go back to all when who has them can answer no more: a member who was removed, or may only look.
create function messaging.unassign(business uuid, member uuid, reason text) returns void language sql set search_path = '' as $$
  with claims as (
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub' as id
  ),
  lead as materialized (
    select m.id
    from public.messages m
    where m.business_id = business and m.assigned_to = member and coalesce(m.status, 'unread') in ('unread', 'read', 'acknowledged')
    order by m.id
    for no key update
  ),
  changed as (
    update public.messages m set assigned_to = null, updated_at = now() from lead where m.id = lead.id returning m.id
  )
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business, changed.id, 'message.assigned', jsonb_strip_nulls(jsonb_build_object('byId', claims.id,
      'by', (select b.email from messaging.business_members b where b.business_id = business and b.user_id::text = claims.id)))
    || jsonb_build_object('from', member, 'to', null, 'reason', reason), now()
  from changed cross join claims
$$;

create function messaging.hand_leads_back() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Whoever has the business's own id is its owner, whatever a row says; and the leads of a business that goes, go with it.
  if old.user_id <> old.business_id and exists (select from public.businesses b where b.id = old.business_id) then
    perform messaging.unassign(old.business_id, old.user_id, case tg_op when 'DELETE' then 'member-removed' else 'member-may-only-look' end);
  end if;
  return null;
end $$;

create trigger hand_leads_back after delete on messaging.business_members
for each row execute function messaging.hand_leads_back();
create trigger hand_leads_of_viewer_back after update of role on messaging.business_members
for each row when (new.role = 'viewer' and old.role <> 'viewer') execute function messaging.hand_leads_back();

revoke all on function messaging.announce_view(), messaging.unassign(uuid, uuid, text), messaging.hand_leads_back()
  from public, anon, authenticated;
grant execute on function messaging.unassign(uuid, uuid, text) to messaging_worker;
grant update (assigned_to) on public.messages to messaging_worker;
grant create on schema messaging to messaging_worker;
alter function messaging.announce_view() owner to messaging_worker;
alter function messaging.hand_leads_back() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;

-- Those that stayed with somebody who has gone, or may only look.
set local role messaging_worker;
select messaging.unassign(m.business_id, m.assigned_to, 'member-removed')
from (select distinct m.business_id, m.assigned_to from public.messages m where m.assigned_to is not null) m
where m.assigned_to <> m.business_id and not exists (
  select from messaging.business_members b where b.business_id = m.business_id and b.user_id = m.assigned_to and b.role <> 'viewer');
set local role none;
