-- Accepts an invitation, once and in time, as a person who signs in here: makes them known where they are not yet, a member, and
-- signed in. Whoever is a member already stays what they are.
with accepted as (
  update messaging.invitations
  set accepted_at = cast(:#${bean:now} as timestamptz)
  where id = cast(:#${variable.link} as uuid) and accepted_at is null and withdrawn_at is null
    and expires_at > cast(:#${bean:now} as timestamptz)
  returning id, business_id, email, role
),
known as (
  select p.id, p.email from messaging.people p join accepted a on a.email = p.email
),
fresh as (
  insert into messaging.people (email, created_at)
  select a.email, cast(:#${bean:now} as timestamptz) from accepted a where not exists (select from known)
  returning id, email
),
person as (
  select id, email from known union all select id, email from fresh
),
member as (
  insert into messaging.business_members (business_id, user_id, role, email, created_at)
  select a.business_id, p.id, a.role, p.email, cast(:#${bean:now} as timestamptz)
  from accepted a cross join person p
  on conflict do nothing
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
  select a.business_id, cast(:#${bean:now} as timestamptz), 'person', p.id, p.email, 'acceptInvitation', a.id, jsonb_build_object('role', a.role)
  from accepted a cross join person p
)
insert into messaging.sessions (person_id, hash, created_at, last_used_at, expires_at)
select id, :#${variable.session.hash}, cast(:#${bean:now} as timestamptz), cast(:#${bean:now} as timestamptz),
  cast(:#${bean:now} as timestamptz) + interval '30 days'
from person
returning cast(id as text)
