-- Assignment, escalation and the notifications of new leads each read the events of those businesses that want them to, from a position that
-- they keep. They had a table each, of the same shape; now they share one.
create table messaging.event_readers (
  business_id uuid not null references public.businesses (id) on delete cascade,
  reader text not null check (reader in ('assignment', 'escalation', 'notification')),
  -- Up to which event it has read.
  tx xid8 not null,
  event_id bigint not null default 0,
  primary key (business_id, reader)
);
alter table messaging.event_readers enable row level security, force row level security;
revoke all on messaging.event_readers from public, anon, authenticated;
create policy worker_all on messaging.event_readers for all to messaging_worker using (true) with check (true);
grant select, insert, delete, update (tx, event_id) on messaging.event_readers to messaging_worker;

set local role messaging_worker;
insert into messaging.event_readers (business_id, reader, tx, event_id)
select p.business_id, 'assignment', p.tx, p.event_id from messaging.assignment_positions p
union all
select c.business_id, 'escalation', c.tx, 0 from messaging.escalation_cursors c
union all
select n.business_id, 'notification', n.tx, n.event_id from messaging.notified_businesses n;
set local role none;

drop table messaging.assignment_positions, messaging.escalation_cursors, messaging.notified_businesses;

-- With their triggers. A new database never had them.
set local role messaging_worker;
drop function if exists messaging.keep_assignment_position() cascade;
drop function if exists messaging.keep_escalation_cursor() cascade;
drop function if exists messaging.follow_new_leads() cascade;
set local role none;
