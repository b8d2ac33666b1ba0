-- Signs a person out on one device. It is on disk before they are told, so that no crash makes the session good again. One that has ended
-- before stays ended, and that is no failure; the session of another person is not found.
with mine as (
  select id, ended_at from messaging.sessions
  where id = cast(:#${variable.id} as uuid) and person_id = cast(:#${variable.person.id} as uuid)
),
ended as (
  update messaging.sessions s
  set ended_at = cast(:#${bean:now?method=moment} as timestamptz)
  from mine
  where s.id = mine.id and s.ended_at is null and set_config('synchronous_commit', 'on', true) is not null
  returning s.device
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, details)
  select b.id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, p.email, 'endOneSession',
    jsonb_strip_nulls(jsonb_build_object('device', ended.device))
  from ended
  join messaging.people p on p.id = cast(:#${variable.person.id} as uuid)
  join public.businesses b on b.id = p.id
    or exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = p.id)
)
select cast(id as text) from mine
