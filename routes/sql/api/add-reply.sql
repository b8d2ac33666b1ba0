-- A reply: what was said, the delivery that brings it to the lead, and the lead responded to, which also acknowledges it where
-- nobody had and assigns it where nobody has it. All of it or nothing; the lead was locked before.
with reply as (
  select r.*, cast(:#${variable.input.values[id]} as uuid) as message_id,
    cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.caller.id} as uuid) as author_id,
    cast(:#${variable.caller.name} as text) as author, cast(:#${bean:now?method=moment} as timestamptz) as at
  from jsonb_to_record(cast(:#${variable.reply.json} as jsonb)) as r (
    id uuid, channel text, recipient text, subject text, body text, "templateId" uuid, "mailId" text, "memberId" uuid, payload jsonb)
),
-- What becomes of the lead is announced here, with who did it.
announced as materialized (
  select set_config('messaging.announced', 'replied', true) as how from reply
),
lead as (
  select m.id, m.status from public.messages m, reply where m.id = reply.message_id and m.business_id = reply.business_id
),
delivery as (
  insert into messaging.deliveries (id, business_id, cause, message_id, channel, recipient, payload, next_attempt_at, created_at,
    updated_at)
  select reply.id, reply.business_id, 'reply', lead.id, channel, recipient, payload, at, at, at from reply, lead
  returning id
),
entry as (
  insert into messaging.thread_entries (id, business_id, message_id, direction, channel, recipient, subject, body, author_id,
    author, template_id, delivery_id, mail_id, created_at)
  select reply.id, business_id, message_id, 'out', channel, recipient, subject, body, author_id, author, "templateId", delivery.id,
    "mailId", at
  from reply, delivery
  returning id
),
responded as (
  update public.messages m
  set status = 'responded', acknowledged_at = coalesce(m.acknowledged_at, at),
    acknowledged_by = coalesce(m.acknowledged_by, m.business_id),
    acknowledged_by_member = case when m.acknowledged_at is null then "memberId" else m.acknowledged_by_member end,
    assigned_to = case when m.acknowledged_at is null then coalesce(m.assigned_to, "memberId") else m.assigned_to end, updated_at = at
  from reply, lead, announced
  where m.id = lead.id and lead.status <> 'responded' and announced.how = 'replied'
  returning m.id, m.acknowledged_at, m.acknowledged_by_member
),
events as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select said.business_id, said.message_id, said.type, said.data, said.at
  from (
    select 1 as place, business_id, message_id, 'message.replied' as type,
      jsonb_build_object('by', author, 'byId', author_id, 'reply', id, 'channel', channel, 'delivery', id) as data, at
    from reply
    union all
    select 2, business_id, message_id, 'message.responded',
      jsonb_strip_nulls(jsonb_build_object('from', lead.status, 'to', 'responded', 'by', author, 'byId', author_id, 'reply', reply.id,
        'acknowledgedAt', messaging.iso(responded.acknowledged_at), 'acknowledgedBy', responded.acknowledged_by_member)), at
    from reply, lead, responded) said
  order by said.place
)
select cast(id as text) as id from entry
