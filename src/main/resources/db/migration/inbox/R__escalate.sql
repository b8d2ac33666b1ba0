-- Runs the next step of one escalation: notifies, writes what it did on the lead's timeline, and says when the next one is due. After the
-- last step of the last round the lead is overdue, and everyone is notified. A step that runs late, as after an outage, moves the ones
-- behind it: people have the time to act that the policy gives them.
-- Runs: called by run_escalations(), which has locked the escalation and its lead.

create or replace function messaging.escalate(lead uuid, at timestamptz) returns void language plpgsql set search_path = '' as $$
declare
  x messaging.escalations;
  m public.messages;
  planned jsonb;
  steps integer;
  is_last boolean;
  base timestamptz;
  waited integer;
  -- A lead that was put off begins anew, and its steps notify again.
  begun bigint;
  people uuid[];
  channels text[];
  key text;
  notified integer;
  details jsonb;
begin
  select e.* into strict x from messaging.escalations e where e.message_id = lead;
  select l.* into strict m from public.messages l where l.id = lead;
  planned := x.policy #> array['steps', x.step::text];
  steps := jsonb_array_length(x.policy -> 'steps');
  base := x.base_at + case when at - x.next_at > interval '1 minute' then at - x.next_at else interval '0' end;
  waited := extract(epoch from at - x.started_at);
  begun := extract(epoch from x.started_at);
  details := jsonb_build_object('policy', x.policy ->> 'name', 'round', x.round + 1, 'rounds', (x.policy ->> 'repeats')::numeric::integer + 1,
    'of', steps, 'waitedSeconds', waited, 'reason', case
      when waited < 1 then 'Nobody has acted yet'
      when waited < 120 then format('Nobody has acted for %s seconds', waited)
      when waited < 7200 then format('Nobody has acted for %s minutes', waited / 60)
      else format('Nobody has acted for %s hours', waited / 3600) end);
  if planned is null and x.round < (x.policy ->> 'repeats')::numeric::integer then
    base := x.next_at + (base - x.base_at);
    update messaging.escalations e
    set step = 0, round = x.round + 1, base_at = base, last_error = null,
      next_at = messaging.escalation_time(x.business_id, x.policy, base, (x.policy #>> '{steps,0,after}')::numeric::integer)
    where e.message_id = lead;
    return;
  end if;
  if planned is null then
    details := details || jsonb_build_object('step', steps);
    people := messaging.escalation_recipients(x.business_id, null, '{"notify": ["everyone"]}', at);
    key := format('overdue %s.%s', x.event_id, begun);
    notified := messaging.notify_members(x.business_id, lead, 'overdue', key, people, null, at, details);
    update public.messages l set due_at = at, updated_at = at where l.id = lead and (l.due_at is null or l.due_at > at)
      and (l.preferred_until is null or l.preferred_until <= at);
    update messaging.escalations e set next_at = null, ended_because = 'finished', last_error = null where e.message_id = lead;
  else
    details := details || jsonb_build_object('step', x.step + 1);
    people := messaging.escalation_recipients(x.business_id, m.assigned_to, planned, at);
    channels := case when jsonb_typeof(planned -> 'channels') = 'array' then array(select jsonb_array_elements_text(planned -> 'channels')) end;
    key := format('escalated %s.%s.%s.%s', x.event_id, begun, x.round, x.step);
    notified := messaging.notify_members(x.business_id, lead, 'escalated', key, people, channels, at, details);
    -- Nobody of them has a number, or wants anything: a lead that waits is no reason to be silent.
    if notified = 0 and people <> '{}' then
      notified := messaging.notify_members(x.business_id, lead, 'escalated', key, people, array['email', 'sms', 'push'], at, details);
    end if;
    is_last := x.step + 1 = steps;
    update messaging.escalations e
    set step = x.step + 1, base_at = base, last_error = null, next_at = messaging.escalation_time(x.business_id, x.policy, base,
      case when is_last then (planned ->> 'after')::numeric::integer + (x.policy ->> 'repeatAfter')::numeric::integer
        else (x.policy #>> array['steps', (x.step + 1)::text, 'after'])::numeric::integer end)
    where e.message_id = lead;
  end if;
  if notified > 0 then
    select array_agg(distinct d.member_id), array_agg(distinct d.channel order by d.channel) into people, channels
    from messaging.deliveries d
    where d.message_id = lead and d.cause = 'notification' and d.period = key;
  end if;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  values (x.business_id, lead, case
      when planned is null then 'message.overdue' when planned -> 'notify' ? 'webhook' then 'message.escalated' else 'message.escalation_step' end,
    details - 'reason' || jsonb_build_object('notified', notified, 'channels', to_jsonb(channels), 'memberIds', to_jsonb(people),
      'members', (select coalesce(jsonb_agg(b.email order by b.email), '[]') from messaging.business_members b
        where b.business_id = x.business_id and b.user_id = any (people))), at);
end $$;

revoke all on function messaging.escalate(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.escalate(uuid, timestamptz) to messaging_worker;
