-- Undoes what the caller has done to a lead: the change that has given it a revision, or else the last one. No row where there is nothing to undo.
select cast(u.undone as text)
from messaging.undo_changes(cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid),
  cast(:#${variable.caller.name} as text), null, cast(:#${variable.input.values[id]} as uuid),
  cast(:#${variable.input.values[revision]} as integer),
  cast(:#${bean:now?method=moment} as timestamptz)) u (undone)
where u.undone is not null
