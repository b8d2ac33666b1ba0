-- Signs out. It is on disk before the browser is told, so that no crash makes the session good again.
with ended as (
  update messaging.sessions
  set ended_at = cast(:#${bean:now?method=moment} as timestamptz)
  where hash = :#${variable.credentialHash} and ended_at is null and set_config('synchronous_commit', 'on', true) is not null
  returning person_id
)
insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action)
select b.id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, p.email, 'endSession'
from ended
join messaging.people p on p.id = ended.person_id
join public.businesses b on b.id = p.id
  or exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = p.id)
