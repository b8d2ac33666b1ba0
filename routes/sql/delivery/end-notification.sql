-- Ends the mails of one event to one member, as they asked by the link in such a mail. The audit log has it once; of somebody who is no
-- member any more there is nothing to end.
with member as (
  select cast(:#business as uuid) as business_id, cast(:#member as uuid) as id, cast(:#event as text) as event,
    cast(:#${bean:now?method=moment} as timestamptz) as at
),
ended as (
  insert into messaging.personal_preferences as p (business_id, person_id, events, updated_at)
  select member.business_id, member.id, jsonb_build_object(member.event, '{"email": false}'::jsonb), member.at
  from member
  where member.id = member.business_id and exists (select from public.businesses b where b.id = member.business_id)
    or exists (select from messaging.business_members m where m.business_id = member.business_id and m.user_id = member.id)
  on conflict (business_id, person_id) do update
  set events = p.events || jsonb_build_object(cast(:#event as text),
      coalesce(p.events -> cast(:#event as text), '{}') || '{"email": false}'),
    updated_at = excluded.updated_at
  where coalesce(p.events -> cast(:#event as text) ->> 'email', '') <> 'false'
  returning p.business_id
)
insert into messaging.audit_entries (business_id, at, actor_kind, actor, action, details)
select ended.business_id, member.at, 'service', 'unsubscribe link', 'end-notification',
  jsonb_build_object('event', member.event, 'member', member.id)
from ended, member
