-- Inserts the deliveries that notify members of a lead, and returns how many. What happened is the event; the key makes it happen once:
-- each address gets one delivery per lead and key. Without channels the preferences of each member decide. A lead in quarantine notifies
-- nobody; in quiet hours a new or assigned lead notifies when they end. A new lead notifies nobody whom a channel of the business notifies of it at the same address.
-- Runs: called by whatever notifies members: assignment, escalation, reminders, new leads.

create or replace function messaging.notify_members(business uuid, message uuid, event text, key text, members uuid[], channels text[],
  at timestamptz, details jsonb) returns integer language plpgsql set search_path = '' as $$
declare
  inserted integer;
begin
  if event is null or event not in ('new_lead', 'assigned', 'escalated', 'reminder', 'overdue', 'summary', 'mentioned') then
    raise 'There is no event "%": give one of new_lead, assigned, escalated, reminder, overdue, summary, mentioned', event using errcode = '22023';
  end if;
  if coalesce(btrim(key), '') = '' then
    raise 'A notification needs a key, such as "escalation 1 step 2"' using errcode = '22023';
  end if;
  insert into messaging.deliveries (business_id, cause, message_id, member_id, period, channel, target_id, recipient, payload,
    next_attempt_at, created_at, updated_at)
  select m.business_id, 'notification', m.id, t.member_id, key, t.channel, t.target_id, t.recipient,
    coalesce(details, '{}') || jsonb_build_object('event', event, 'member', t.member_id),
    case when event in ('new_lead', 'assigned') then coalesce(messaging.defer_until(m.business_id, at, m.priority), at) else at end, at, at
  from public.messages m
  cross join lateral messaging.member_targets(m.business_id, members) t
  where m.id = notify_members.message and m.business_id = notify_members.business and m.quarantined_at is null
    and case when channels is null then messaging.wants(m.business_id, t.member_id, event, t.channel, m.priority)
      else t.channel = any (channels) end
    and (event <> 'new_lead' or not exists (
      select from messaging.deliveries d
      join public.message_channels c on c.id = d.target_id
      where d.message_id = m.id and d.cause = 'lead' and d.channel = t.channel and lower(c.config ->> 'to') = lower(t.recipient)))
  on conflict do nothing;
  get diagnostics inserted = row_count;
  return inserted;
end $$;

revoke all on function messaging.notify_members(uuid, uuid, text, text, uuid[], text[], timestamptz, jsonb) from public, anon, authenticated;
grant execute on function messaging.notify_members(uuid, uuid, text, text, uuid[], text[], timestamptz, jsonb) to messaging_worker;
