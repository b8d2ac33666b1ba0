-- Uses a link, once and in time, and begins the session that it is for; with it the invitation is accepted that the link was mailed for.
-- A second press of the same browser within a minute is let in as well: the answer to the first may have been cut. It is on disk before
-- the browser is told, so that no crash makes a used link good again.
with used as (
  update messaging.sign_in_links
  set used_at = coalesce(used_at, cast(:#${bean:now?method=moment} as timestamptz)), pressed_by = coalesce(pressed_by, cast(:#${variable.browser} as bytea))
  where id = cast(:#${variable.link} as uuid) and expires_at > cast(:#${bean:now?method=moment} as timestamptz)
    and (used_at is null
      or pressed_by = cast(:#${variable.browser} as bytea) and used_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute')
  returning person_id, invitation_id
),
person as (
  select p.id, p.email from used join messaging.people p on p.id = used.person_id
),
accepted as (
  update messaging.invitations i
  set accepted_at = cast(:#${bean:now?method=moment} as timestamptz)
  from used
  where i.id = used.invitation_id and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
  returning i.id, i.business_id, i.role
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
  from accepted a cross join person p
),
noted_sign_in as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, details)
  select b.id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, p.email, 'signIn',
    jsonb_build_object('device', cast(:#${variable.session.device} as text))
  from person p
  join public.businesses b on b.id = p.id
    or exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = p.id)
)
insert into messaging.sessions (person_id, hash, device, created_at, last_used_at, expires_at)
select person_id, :#${variable.session.hash}, cast(:#${variable.session.device} as text), cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz),
  cast(:#${bean:now?method=moment} as timestamptz) + interval '30 days'
from used
where set_config('synchronous_commit', 'on', true) is not null
returning cast(id as text)
