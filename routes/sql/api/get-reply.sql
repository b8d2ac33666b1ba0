-- A message of the thread with a lead, with all of the text where its body shows less.
select cast(json_build_object('entry', messaging.shown(e), 'original', e.original) as text) as reply
from messaging.thread_entries e
where e.id = cast(:#${variable.input.values[replyId]} as uuid) and e.message_id = cast(:#${variable.input.values[id]} as uuid)
  and e.business_id = cast(:#${variable.caller.businessId} as uuid)
