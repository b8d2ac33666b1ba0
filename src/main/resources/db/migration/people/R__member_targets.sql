-- Where these members of a business can be notified, with each push device of theirs: their own confirmed address, or for e-mail the one by
-- which they sign in. The person whose id the business bears is its owner, whether a row says so or not.
-- Runs: called by notify_members().

create or replace function messaging.member_targets(business uuid, members uuid[])
returns table (member_id uuid, channel text, recipient text, target_id uuid) language sql stable set search_path = '' as $$
  with member as (
    select m.user_id as id, m.email from messaging.business_members m
    where m.business_id = member_targets.business and m.user_id = any (members)
    union all
    select b.id, null from public.businesses b
    where b.id = member_targets.business and b.id = any (members)
      and not exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = b.id)
  ),
  own as (
    select a.user_id, a.channel, a.address
    from messaging.member_addresses a
    join member on member.id = a.user_id
    where a.business_id = member_targets.business and a.confirmed_at is not null
  )
  select own.user_id, own.channel, own.address, cast(null as uuid) from own
  union all
  select member.id, 'email', coalesce(member.email, p.email), null
  from member
  left join messaging.people p on p.id = member.id
  where coalesce(member.email, p.email) is not null
    and not exists (select from own where own.user_id = member.id and own.channel = 'email')
  union all
  select member.id, 'push', null, d.id
  from member
  join messaging.push_devices d on d.business_id = member_targets.business and d.person_id = member.id
$$;

revoke all on function messaging.member_targets(uuid, uuid[]) from public, anon, authenticated;
grant execute on function messaging.member_targets(uuid, uuid[]) to messaging_worker;
