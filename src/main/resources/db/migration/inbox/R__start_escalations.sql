-- Begins the escalation of leads that are new, and begins it anew where a person gave the lead to somebody, put it off or changed its
-- priority. Reads the events behind the position of each business, so that a business without a policy costs nothing and storing a lead costs
-- nothing more. A lead that is to be called at a time of the visitor's choice escalates from then on. An event is read again until no older transaction is under way; event_id makes that harmless.
-- Runs: called by a timer each second. Returns how many escalations have begun.

create or replace function messaging.start_escalations() returns integer language plpgsql set search_path = '' as $$
declare
  -- What is committed later than this statement began stands at or behind it.
  horizon constant xid8 := messaging.place_of(pg_snapshot_xmin(pg_current_snapshot()));
  place record;
  begun integer;
  total integer := 0;
begin
  for place in
    select c.business_id, c.tx
    from messaging.event_readers c
    where c.reader = 'escalation' and exists (select from messaging.message_events e where e.business_id = c.business_id and e.tx >= c.tx)
    for update of c skip locked
  loop
    begin
      insert into messaging.escalations as x (message_id, business_id, policy_id, policy, event_id, base_at, next_at, started_at)
      select m.id, m.business_id, p.id, p.snapshot, event.id, base.at,
        messaging.escalation_time(m.business_id, p.snapshot, base.at, (p.snapshot #>> '{steps,0,after}')::numeric::integer), base.at
      from (
        select distinct on (e.message_id) e.message_id, e.id, e.type, e.created_at
        from messaging.message_events e
        where e.business_id = place.business_id and e.tx >= place.tx and e.message_id is not null
          and (e.type in ('message.created', 'message.released', 'message.unarchived', 'message.called', 'message.snoozed',
              'message.priority_changed')
            -- A rule that passes a lead on is no reason to begin anew: the lead would never come to the second step.
            or e.type = 'message.assigned' and e.data ->> 'byId' is not null and e.data ->> 'to' is not null)
        order by e.message_id, e.id desc) event
      join public.messages m on m.id = event.message_id and m.business_id = place.business_id
      cross join lateral (
        select y.id, y.created_at, messaging.shown(y)::jsonb as snapshot
        from messaging.escalation_policies y
        where y.business_id = m.business_id and y.is_active
          and (y.priorities = '{}' or coalesce(m.priority, 'medium') = any (y.priorities))
          and (y.funnel_ids = '{}' or m.funnel_id = any (y.funnel_ids))
        order by y.position, y.created_at
        limit 1) p
      cross join lateral (select greatest(event.created_at, m.call_again_at, m.preferred_from) as at) base
      where m.type = 'callback_request' and m.quarantined_at is null and coalesce(m.status, 'unread') in ('unread', 'read')
        -- A policy holds for leads from then on; a change of ten thousand old ones notifies nobody.
        and (case when event.type in ('message.created', 'message.released') then event.created_at else m.created_at end >= p.created_at
          or exists (select from messaging.escalations r where r.message_id = m.id))
      on conflict (message_id) do update
      set policy_id = excluded.policy_id, policy = excluded.policy, event_id = excluded.event_id, step = 0, round = 0,
        base_at = excluded.base_at, next_at = excluded.next_at, ended_because = null, started_at = excluded.started_at
      where x.event_id < excluded.event_id and not (x.policy_id = excluded.policy_id and x.next_at is not null
        and exists (select from messaging.message_events c where c.id = excluded.event_id and c.type = 'message.priority_changed'));
      get diagnostics begun = row_count;
      total := total + begun;
      update messaging.event_readers c set tx = horizon
      where c.business_id = place.business_id and c.reader = 'escalation' and c.tx < horizon;
    exception when others then
      -- What fails for one business stops no other.
      raise warning 'The escalations of business % cannot begin: %', place.business_id, sqlerrm;
    end;
  end loop;
  return total;
end $$;

revoke all on function messaging.start_escalations() from public, anon, authenticated;
grant execute on function messaging.start_escalations() to messaging_worker;
