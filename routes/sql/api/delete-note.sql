-- Deletes a note; it is for whoever wrote it, and for owners. One row where there was such a note.
with note as (
  select n.id
  from messaging.notes n
  where n.id = cast(:#${variable.input.values[noteId]} as uuid) and n.message_id = cast(:#${variable.input.values[id]} as uuid)
    and n.business_id = cast(:#${variable.caller.businessId} as uuid)
),
deleted as (
  delete from messaging.notes n using note
  where n.id = note.id
    and (n.author_id = cast(:#${variable.caller.id} as uuid) or cast(:#${variable.caller.isOwner} as boolean))
  returning n.id, n.business_id, n.message_id
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business_id, message_id, 'message.noted', jsonb_build_object('by', cast(:#${variable.caller.name} as text),
    'byId', cast(:#${variable.caller.id} as text), 'note', id, 'deleted', true), cast(:#${bean:now?method=moment} as timestamptz)
  from deleted
)
select exists (select from deleted) as is_deleted from note
