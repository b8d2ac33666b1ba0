-- Undoes a bulk change of the caller, except for leads that somebody has changed since. No row where there is nothing to undo.
select cast(u.undone as text)
from messaging.undo_changes(cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid),
  cast(:#${variable.caller.name} as text), cast(:#${variable.input.values[id]} as uuid), null, null,
  cast(:#${bean:now?method=moment} as timestamptz)) u (undone)
where u.undone is not null
