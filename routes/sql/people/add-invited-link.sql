-- An open invitation of a person who is known already: a sign-in link that accepts it goes out to them now, one in a minute at most and
-- otherwise as for any sign-in, since an invitation's own link is good for days and may lie in more hands than theirs. Gives their
-- address where the invitation is open.
with invited as (
  select i.id, i.business_id, p.id as person_id, p.email
  from messaging.invitations i
  join messaging.people p on p.email = i.email
  where i.id = cast(:#${variable.link} as uuid) and i.accepted_at is null and i.withdrawn_at is null
    and i.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
),
link as (
  insert into messaging.sign_in_links (person_id, invitation_id, created_at, expires_at)
  select person_id, id, cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz) + interval '15 minutes'
  from invited
  where not exists (select from messaging.sign_in_links l
      where l.invitation_id = invited.id and l.created_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 minute')
    and (5 > (select count(*) from messaging.sign_in_links l
        where l.person_id = invited.person_id and l.created_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 hour')
      or not exists (select from messaging.sign_in_links l
        where l.invitation_id = invited.id and l.used_at is null
          and l.created_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '10 minutes'))
  returning id, created_at, expires_at
),
mailed as (
  insert into messaging.deliveries (business_id, cause, channel, recipient, period, attempt_limit, payload, next_attempt_at, created_at, updated_at)
  select invited.business_id, 'account', 'email', invited.email, 'sign-in ' || link.id, 3,
    jsonb_build_object('notice', 'sign-in', 'link', link.id, 'expiresAt', link.expires_at), link.created_at, link.created_at, link.created_at
  from link cross join invited
)
select email from invited
