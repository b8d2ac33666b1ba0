-- Accepts an invitation, once and in time, as a person who is signed in. Whoever is a member already stays what they are.
with accepted as (
  update messaging.invitations
  set accepted_at = cast(:#${bean:now?method=moment} as timestamptz)
  where id = cast(:#${variable.link} as uuid) and accepted_at is null and withdrawn_at is null
    and expires_at > cast(:#${bean:now?method=moment} as timestamptz)
  returning id, business_id, role
),
person as (
  select cast(:#${variable.person.id} as uuid) as id, nullif(cast(:#${variable.person.email} as text), '') as email
),
member as (
  insert into messaging.business_members (business_id, user_id, role, email, created_at)
  select a.business_id, p.id, a.role, p.email, cast(:#${bean:now?method=moment} as timestamptz)
  from accepted a cross join person p
  on conflict do nothing
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
  select a.business_id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, coalesce(p.email, 'Person ' || p.id), 'acceptInvitation', a.id,
    jsonb_build_object('role', a.role)
  from accepted a cross join person p
)
select cast(json_build_object('businessId', a.business_id, 'role', a.role) as text) as accepted from accepted a
