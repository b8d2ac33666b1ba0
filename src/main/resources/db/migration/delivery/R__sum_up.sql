-- Ends the quiet hours of targets whose deferred notifications are due. Of several leads one summary is written, which covers their
-- notifications; a single one is sent as it is. Leads that somebody has acknowledged meanwhile are left out. Where it is quiet still, as
-- after a change of the hours, they wait on. One instance at a time does it for a target, in the transaction that inserts the summary.
-- Returns the channels to wake, with commas between them, and null when nothing was due; 50 targets at a time.
-- Runs: called by the timer of the quiet hours.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.sum_up(at timestamptz) returns text language plpgsql set search_path = '' as $$
declare
  -- So many leads are listed in a summary.
  listed constant integer := 20;
  due record;
  until timestamptz;
  switch text;
  ids uuid[];
  summary uuid;
  channels text[] := '{}';
begin
  for due in
    select w.channel, w.business_id, w.target_id, w.lane
    from (
      select d.channel, d.business_id, d.target_id, d.lane
      from messaging.deliveries d
      where d.state = 'held' and d.held_reason = 'quiet hours' and d.next_attempt_at <= at
      order by d.next_attempt_at
      limit 5000) w
    group by w.channel, w.business_id, w.target_id, w.lane
    limit 50
  loop
    continue when not pg_try_advisory_xact_lock(hashtextextended(due.channel || ' ' || due.lane, 60));
    channels := channels || due.channel;
    switch := messaging.target_state(due.channel, due.business_id, due.lane);
    if switch <> 'on' then
      update messaging.deliveries d set held_reason = switch, updated_at = at
      where d.channel = due.channel and d.business_id = due.business_id and d.lane = due.lane
        and d.state = 'held' and d.held_reason = 'quiet hours' and d.next_attempt_at <= at;
      continue;
    end if;
    -- Nobody needs a notification of a lead that somebody has taken care of.
    update messaging.deliveries d
    set state = 'cancelled', held_reason = null, last_error = 'Not sent: somebody acknowledged the lead during the quiet hours',
      ended_at = at, updated_at = at
    from public.messages m
    where d.channel = due.channel and d.business_id = due.business_id and d.lane = due.lane
      and d.state = 'held' and d.held_reason = 'quiet hours' and d.next_attempt_at <= at
      and m.id = d.message_id and m.status not in ('unread', 'read');
    until := messaging.defer_until(due.business_id, at, 'medium');
    if until is not null then
      update messaging.deliveries d
      set next_attempt_at = until, updated_at = at
      from public.messages m
      where d.channel = due.channel and d.business_id = due.business_id and d.lane = due.lane
        and d.state = 'held' and d.held_reason = 'quiet hours' and d.next_attempt_at <= at
        and m.id = d.message_id and messaging.defer_until(due.business_id, at, m.priority) is not null;
    end if;
    ids := array(
      select d.id from messaging.deliveries d
      where d.channel = due.channel and d.business_id = due.business_id and d.lane = due.lane
        and d.state = 'held' and d.held_reason = 'quiet hours' and d.next_attempt_at <= at
      order by d.created_at, d.id
      for update);
    if cardinality(ids) = 1 or until is not null then
      update messaging.deliveries d
      set state = 'pending', held_reason = null, next_attempt_at = at, updated_at = at
      where d.id = any (ids);
    elsif cardinality(ids) > 1 then
      insert into messaging.deliveries (business_id, cause, channel, target_id, payload, next_attempt_at, created_at, updated_at)
      select due.business_id, 'summary', due.channel, due.target_id, jsonb_build_object('count', cardinality(ids), 'leads', (
          select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.contact_name, 'phone', l.contact_phone, 'number', l.contact_phone_e164,
            'email', l.contact_email, 'priority', l.priority, 'createdAt', messaging.iso(l.created_at)) order by l.urgent desc, l.created_at)
          from (
            select m.*, m.priority = 'urgent' as urgent
            from messaging.deliveries d
            join public.messages m on m.id = d.message_id
            where d.id = any (ids)
            order by m.priority = 'urgent' desc, m.created_at
            limit listed) l)),
        at, at, at
      returning id into summary;
      update messaging.deliveries d set held_reason = 'in summary', covered_by = summary, updated_at = at where d.id = any (ids);
      insert into messaging.message_events (business_id, message_id, type, data, created_at)
      select d.business_id, d.message_id, 'delivery.summed_up',
        jsonb_build_object('delivery', d.id, 'channel', d.channel, 'summary', summary, 'leads', cardinality(ids)), at
      from messaging.deliveries d
      where d.id = any (ids);
    end if;
  end loop;
  return nullif(array_to_string(array(select distinct unnest(channels)), ','), '');
end $$;

revoke all on function messaging.sum_up(timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
