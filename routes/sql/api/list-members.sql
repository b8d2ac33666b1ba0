-- Who belongs to the caller's business. The one whose id it bears is its owner, whether a row says so or not. Owners see of which kinds a
-- member has a confirmed address of their own, and not the address.
select cast(coalesce(jsonb_agg(jsonb_build_object('id', who.user_id, 'email', who.email, 'role', who.role,
    'createdAt', messaging.iso(who.created_at), 'awayFrom', messaging.iso(a.starts_at), 'awayUntil', messaging.iso(a.ends_at))
  || case when messaging.acting_for('owner') is null then '{}' else jsonb_build_object('confirmedAddresses', (
    select coalesce(jsonb_agg(c.channel order by c.channel), '[]') from messaging.confirmed_addresses() c where c.member_id = who.user_id)) end
  order by who.created_at nulls first, who.user_id), '[]') as text) as members
from (
  select m.user_id, m.email, case when m.user_id = m.business_id then 'owner' else m.role end as role, m.created_at
  from messaging.business_members m
  where m.business_id = cast(:#${variable.caller.businessId} as uuid)
  union all
  select b.id, null, 'owner', null
  from (select cast(:#${variable.caller.businessId} as uuid) as id) b
  where not exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = b.id)
) who
left join messaging.absences a on a.business_id = cast(:#${variable.caller.businessId} as uuid) and a.member_id = who.user_id
  and (a.ends_at is null or a.ends_at > cast(:#${bean:now?method=moment} as timestamptz))
