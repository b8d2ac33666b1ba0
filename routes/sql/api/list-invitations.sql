-- Invitations that can still be accepted, or could until they ran out; the newest first.
select cast(coalesce(json_agg(json_build_object('id', i.id, 'email', i.email, 'role', i.role, 'invitedBy', i.invited_by,
    'createdAt', messaging.iso(i.created_at), 'expiresAt', messaging.iso(i.expires_at)) order by i.created_at desc, i.id desc), '[]') as text)
  as invitations
from messaging.invitations i
where i.business_id = cast(:#${variable.caller.businessId} as uuid) and i.accepted_at is null and i.withdrawn_at is null
