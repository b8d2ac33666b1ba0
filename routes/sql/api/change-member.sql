-- Gives a member another role; the one whose id the business bears has none to change.
update messaging.business_members
set role = cast(:#${variable.input.body} as jsonb) ->> 'role'
where business_id = cast(:#${variable.caller.businessId} as uuid) and user_id = cast(:#${variable.input.values[id]} as uuid)
returning cast(json_build_object('id', user_id, 'email', email, 'role', role, 'createdAt', messaging.iso(created_at)) as text) as member
