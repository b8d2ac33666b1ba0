-- All that is known of a contact in the caller's business, for whoever has to show it to them: their leads with what happened to
-- each, every call that was made for it, what was said to them and noted of them, addresses that are not written to, and what people did with any of it.
with input as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.contact.e164} as text) as e164,
    cast(:#${variable.contact.typed} as text) as typed, cast(:#${variable.contact.email} as text) as email
),
lead as (
  select m.* from input, lateral messaging.messages_of(input.business_id, input.e164, input.typed, input.email) m
),
delivery as (
  select d.* from messaging.deliveries d join lead on lead.id = d.message_id
)
select cast(json_build_object(
  'phone', coalesce(input.e164, input.typed), 'email', input.email, 'exportedAt', messaging.iso(cast(:#${bean:now?method=moment} as timestamptz)),
  'messages', (
    select coalesce(jsonb_agg(cast(messaging.shown(m) as jsonb) || jsonb_build_object(
      'reference', messaging.reference(m.id),
      'events', (
        select coalesce(jsonb_agg(jsonb_build_object('type', e.type, 'data', e.data, 'at', messaging.iso(e.created_at)) order by e.tx, e.id), '[]')
        from messaging.message_events e where e.message_id = m.id),
      'deliveries', (
        select coalesce(jsonb_agg(cast(messaging.shown(d) as jsonb) || jsonb_build_object('attemptsMade', (
          select coalesce(jsonb_agg(jsonb_build_object('startedAt', messaging.iso(a.started_at), 'outcome', a.outcome,
            'statusCode', a.status_code, 'answer', a.answer, 'error', a.error) order by a.id), '[]')
          from messaging.delivery_attempts a
          where a.delivery_id = d.id and a.started_at between d.created_at - interval '1 day' and d.updated_at + interval '1 day'),
          'receipts', (
          select coalesce(jsonb_agg(jsonb_build_object('event', r.event, 'at', messaging.iso(r.occurred_at), 'provider', r.provider,
            'detail', r.detail) order by r.occurred_at, r.event_id), '[]')
          from messaging.delivery_receipts r where r.delivery_id = d.id)) order by d.created_at, d.id), '[]')
        from messaging.deliveries d where d.message_id = m.id),
      'thread', (
        select coalesce(jsonb_agg(messaging.shown(t) order by t.created_at, t.id), '[]')
        from messaging.thread_entries t where t.message_id = m.id),
      'notes', (
        select coalesce(jsonb_agg(jsonb_build_object('text', n.body, 'author', n.author, 'createdAt', messaging.iso(n.created_at))
          order by n.created_at, n.id), '[]')
        from messaging.notes n where n.message_id = m.id)) order by m.created_at, m.id), '[]')
    from public.messages m where m.id in (select id from lead)),
  'suppressions', (
    select coalesce(json_agg(json_build_object('channel', s.channel, 'address', s.address, 'reason', s.reason,
      'createdAt', messaging.iso(s.created_at)) order by s.created_at, s.id), '[]')
    from messaging.suppressions s
    where s.business_id = input.business_id and lower(s.address) in (input.e164, input.email)),
  'auditEntries', (
    select coalesce(json_agg(json_build_object('at', messaging.iso(a.at), 'actor', a.actor, 'action', a.action, 'subject', a.subject)
      order by a.at, a.id), '[]')
    from messaging.audit_entries a
    where a.business_id = input.business_id
      and a.subject in (select cast(id as text) from lead union all select cast(id as text) from delivery))) as text) as known
from input
