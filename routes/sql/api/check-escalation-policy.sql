-- What a policy names that the business does not have: members who may act on leads, and funnels; and whether there are twenty policies.
select (select count(*) >= 20 from messaging.escalation_policies p where p.business_id = cast(:#${variable.caller.businessId} as uuid)) as is_full,
  cast(coalesce((
    select json_agg(distinct member.id)
    from jsonb_array_elements(cast(:#${variable.policy} as jsonb) -> 'steps') step
    cross join jsonb_array_elements_text(step -> 'memberIds') as member (id)
    where cast(member.id as uuid) <> cast(:#${variable.caller.businessId} as uuid) and not exists (
      select from messaging.business_members b
      where b.business_id = cast(:#${variable.caller.businessId} as uuid) and b.user_id = cast(member.id as uuid) and b.role <> 'viewer')
  ), '[]') as text) as unknown_members,
  cast(coalesce((
    select json_agg(funnel.id)
    from jsonb_array_elements_text(cast(:#${variable.policy} as jsonb) -> 'funnelIds') as funnel (id)
    where not exists (select from messaging.my_funnels('viewer') f where f.id = cast(funnel.id as uuid))
  ), '[]') as text) as unknown_funnels
