-- The saved views that the caller sees: those of the business, and a person's own.
select cast(json_build_object('views', coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'filter', v.filter, 'isShared', v.owner_id is null, 'position', v.position,
  'createdAt', messaging.iso(v.created_at), 'updatedAt', messaging.iso(v.updated_at)) order by v.position, v.created_at, v.id), '[]')) as text) as views
from messaging.saved_views v
where v.business_id = cast(:#${variable.caller.businessId} as uuid)
