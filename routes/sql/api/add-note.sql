-- Writes a note beside a lead, for those who answer leads and nobody else; its event does not say what stands in it. One row where
-- there is such a lead, without a note where that is held.
with lead as (
  select m.id, m.business_id, m.quarantined_at is not null as is_held
  from public.messages m
  where m.id = cast(:#${variable.input.values[id]} as uuid) and m.business_id = cast(:#${variable.caller.businessId} as uuid)
),
written as (
  insert into messaging.notes (business_id, message_id, author_id, author, body, created_at)
  select lead.business_id, lead.id, cast(:#${variable.caller.id} as uuid), cast(:#${variable.caller.name} as text),
    cast(:#${variable.input.body} as jsonb) ->> 'text', cast(:#${bean:now?method=moment} as timestamptz)
  from lead
  where not lead.is_held
  returning *
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, message_id, 'message.noted', jsonb_build_object('by', author, 'byId', cast(:#${variable.caller.id} as text),
    'note', id), created_at
  from written
)
select cast(lead.id as text) as id, cast(case when written.id is not null then json_build_object('id', written.id, 'text', written.body,
  'author', written.author, 'authorId', written.author_id, 'createdAt', messaging.iso(written.created_at)) end as text) as note
from lead
left join written on true
