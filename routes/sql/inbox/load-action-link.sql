-- The lead of an action link as its page shows it, and all who may have been sent one: members before the channels of the business, so
-- that an act is theirs where both have the same address. No row if the lead was deleted.
select cast(json_build_object(
    'businessId', m.business_id, 'business', b.name, 'timeZone', b.time_zone,
    'status', coalesce(m.status, 'unread'), 'isQuarantined', m.quarantined_at is not null, 'revision', m.revision,
    'name', m.contact_name, 'phone', m.contact_phone, 'phoneLink', m.contact_phone_e164, 'email', m.contact_email,
    'subject', m.subject, 'message', m.message, 'isUrgent', m.priority in ('high', 'urgent'), 'reference', messaging.reference(m.id),
    'funnel', (
      select coalesce(s.title, to_jsonb(f) ->> 'name')
      from public.funnels f left join messaging.funnel_settings s on s.funnel_id = f.id where f.id = m.funnel_id),
    'receivedAt', messaging.iso(m.created_at), 'dueAt', messaging.iso(m.due_at), 'acknowledgedAt', messaging.iso(m.acknowledged_at),
    'outcome', m.call_outcome, 'callAgainAt', messaging.iso(m.call_again_at), 'assignedTo', m.assigned_to,
    'assignee', (
      select coalesce(a.email, p.email)
      from (select m.assigned_to as id) holder
      left join messaging.business_members a on a.business_id = m.business_id and a.user_id = holder.id
      left join messaging.people p on p.id = holder.id),
    'first', (
      select json_build_object('by', e.data -> 'by', 'byId', e.data -> 'byId')
      from messaging.message_events e
      where e.message_id = m.id and e.created_at = m.acknowledged_at
        and e.type in ('message.acknowledged', 'message.responded', 'message.replied')
      order by e.id desc limit 1),
    'recipients', (
      select coalesce(json_agg(to_json(r) order by r.place), '[]') from messaging.recipients(m.business_id) r)) as text) as found
from public.messages m
cross join lateral (
  select coalesce(bs.name, to_jsonb(o) ->> 'name') as name, coalesce(bs.time_zone, 'UTC') as time_zone
  from public.businesses o left join messaging.business_settings bs on bs.business_id = o.id
  where o.id = m.business_id) b
where m.id = cast(:#${variable.link.lead} as uuid)
