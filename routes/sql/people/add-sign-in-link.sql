-- A link for a person with this address, if there is one, and the mail that brings it. After five in an hour there is one more only
-- where none of the last ten minutes is unused: whoever asks in another's name floods no mailbox, and locks nobody out, since then a
-- link that is good lies there. Nothing that signs in is kept: the link is made of the id when the mail is written.
with person as (
  select id, email from messaging.people where email = lower(cast(:#${variable.email} as text))
),
link as (
  insert into messaging.sign_in_links (person_id, created_at, expires_at)
  select id, cast(:#${bean:now?method=moment} as timestamptz), cast(:#${bean:now?method=moment} as timestamptz) + interval '15 minutes'
  from person
  where 5 > (select count(*) from messaging.sign_in_links l
      where l.person_id = person.id and l.created_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '1 hour')
    or not exists (select from messaging.sign_in_links l
      where l.person_id = person.id and l.used_at is null and l.created_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '10 minutes')
  returning id, person_id, created_at, expires_at
)
insert into messaging.deliveries (business_id, cause, channel, recipient, period, attempt_limit, payload, next_attempt_at, created_at, updated_at)
select business.id, 'account', 'email', person.email, 'sign-in ' || link.id, 3,
  jsonb_build_object('notice', 'sign-in', 'link', link.id, 'expiresAt', link.expires_at), link.created_at, link.created_at, link.created_at
from link
join person on person.id = link.person_id
cross join lateral (
  select b.id from public.businesses b
  where b.id = person.id or exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = person.id)
  order by b.id <> person.id, b.id
  limit 1) business
