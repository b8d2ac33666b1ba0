-- Where notifications of a business go: the addresses of its members first, then those of its channels. A recipient that is a secret
-- appears as people are shown it.
-- Runs: called by the statements for action links and for SMS that answer a notification, which tell by it who acts.

create or replace function messaging.recipients(business uuid)
returns table (place integer, channel text, address text, member uuid, role text) language sql stable set search_path = '' as $$
  select 1, 'email', p.email, p.id, 'owner' from messaging.people p where p.id = business and p.email is not null
  union all
  select 2, 'email', coalesce(m.email, p.email), m.user_id, m.role
  from messaging.business_members m
  left join messaging.people p on p.id = m.user_id
  where m.business_id = business and coalesce(m.email, p.email) is not null
  union all
  select 3, c.channel_type, coalesce(k.shown, c.config ->> 'to'), null, null
  from public.message_channels c
  left join messaging.channel_secrets k on k.channel_id = c.id
  where c.business_id = business and coalesce(k.shown, c.config ->> 'to') is not null
$$;

revoke all on function messaging.recipients(uuid) from public, anon, authenticated;
grant execute on function messaging.recipients(uuid) to messaging_worker;
