-- Invites somebody who is no member yet; a trigger mails the link in the same commit.
insert into messaging.invitations (id, business_id, email, role, invited_by, created_at, expires_at)
select gen_random_uuid(), cast(:#${variable.caller.businessId} as uuid), lower(input.body ->> 'email'), input.body ->> 'role',
  cast(:#${variable.caller.name} as text), cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz) + interval '7 days'
from (select cast(:#${variable.input.body} as jsonb) as body) input
where not exists (select from messaging.business_members m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid) and lower(m.email) = lower(input.body ->> 'email'))
returning cast(json_build_object('id', id, 'email', email, 'role', role, 'invitedBy', invited_by,
  'createdAt', messaging.iso(created_at), 'expiresAt', messaging.iso(expires_at)) as text) as invitation
