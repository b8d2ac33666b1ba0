-- Where notifications of a business go: the addresses of its members first, then those of its channels, and how the business knows whose an
-- address is. A private address of a member is known by the one they sign in with. A recipient that is a secret appears as people are
-- shown it. A member also appears by their id, with the channel 'member', for links that they get by any channel.
-- Runs: called by the statements for action links and for SMS that answer a notification, which tell by it who acts.

create or replace function messaging.recipients(business uuid)
returns table (place integer, channel text, address text, member uuid, role text, known_as text)
language sql stable set search_path = '' as $$
  with member as (
    select m.user_id as id, m.role, coalesce(m.email, p.email) as email
    from messaging.business_members m
    left join messaging.people p on p.id = m.user_id
    where m.business_id = business
    union all
    select p.id, 'owner', p.email from messaging.people p where p.id = business
  )
  select 0, 'member', cast(m.id as text), m.id, m.role, coalesce(m.email, 'Person ' || m.id) from member m
  union all
  select 1, 'email', m.email, m.id, m.role, m.email from member m where m.email is not null
  union all
  select 2, a.channel, a.address, m.id, m.role, coalesce(m.email, 'Person ' || m.id)
  from messaging.member_addresses a
  join member m on m.id = a.user_id
  where a.business_id = business and a.confirmed_at is not null
  union all
  select 3, c.channel_type, to_whom.address, null, null, to_whom.address
  from public.message_channels c
  left join messaging.channel_secrets k on k.channel_id = c.id
  cross join lateral (select coalesce(k.shown, c.config ->> 'to') as address) to_whom
  where c.business_id = business and to_whom.address is not null
$$;

revoke all on function messaging.recipients(uuid) from public, anon, authenticated;
grant execute on function messaging.recipients(uuid) to messaging_worker;
