-- One saved view as the caller sees it.
select cast(json_build_object('id', v.id, 'name', v.name, 'filter', v.filter, 'isShared', v.owner_id is null, 'position', v.position,
  'createdAt', messaging.iso(v.created_at), 'updatedAt', messaging.iso(v.updated_at)) as text) as view
from messaging.saved_views v
where v.business_id = cast(:#${variable.caller.businessId} as uuid)
  and v.id = cast(coalesce(:#${variable.id}, :#${variable.input.values[id]}) as uuid)
