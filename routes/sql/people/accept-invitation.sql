-- Accepts an invitation, once and in time, as a person who signs in here: makes them known, a member, and signed in. Of a person who is
-- known already the link proves nothing, since it is good for days: they must be signed in with this browser. Whoever is a member
-- already stays what they are. A second press of the same browser within a minute is let in as well.
with invitation as (
  select i.id, i.email, i.accepted_at is not null as is_second
  from messaging.invitations i
  where i.id = cast(:#${variable.link} as uuid) and i.withdrawn_at is null and i.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
    and (i.accepted_at is null
      or i.pressed_by = cast(:#${variable.browser} as bytea) and i.accepted_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute')
),
known as (
  select p.id, p.email,
    i.is_second or exists (select from messaging.sessions s
      where s.hash = cast(:#${variable.sessionHash} as bytea) and s.person_id = p.id and s.ended_at is null
        and s.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
        and s.last_used_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '7 days') as is_proven
  from messaging.people p join invitation i on i.email = p.email
),
accepted as (
  update messaging.invitations i
  set accepted_at = coalesce(i.accepted_at, cast(:#${bean:now?method=moment} as timestamptz)),
    pressed_by = coalesce(i.pressed_by, cast(:#${variable.browser} as bytea))
  from invitation
  where i.id = invitation.id and i.withdrawn_at is null and not exists (select from known where not is_proven)
    and (i.accepted_at is null
      or i.pressed_by = cast(:#${variable.browser} as bytea) and i.accepted_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute')
  returning i.id, i.business_id, i.email, i.role
),
fresh as (
  insert into messaging.people (email, created_at)
  select a.email, cast(:#${bean:now?method=moment} as timestamptz) from accepted a where not exists (select from known)
  on conflict (email) do update set email = excluded.email
  returning id, email
),
person as (
  select known.id, known.email from known cross join accepted union all select id, email from fresh
),
member as (
  insert into messaging.business_members (business_id, user_id, role, email, created_at)
  select a.business_id, p.id, a.role, p.email, cast(:#${bean:now?method=moment} as timestamptz)
  from accepted a cross join person p
  on conflict do nothing
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
  select a.business_id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, p.email, 'acceptInvitation', a.id, jsonb_build_object('role', a.role)
  from accepted a cross join person p cross join invitation
  where not invitation.is_second
)
insert into messaging.sessions (person_id, hash, device, created_at, last_used_at, expires_at)
select id, :#${variable.session.hash}, cast(:#${variable.session.device} as text), cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz),
  cast(:#${bean:now?method=moment} as timestamptz) + interval '30 days'
from person
where set_config('synchronous_commit', 'on', true) is not null
returning cast(id as text)
