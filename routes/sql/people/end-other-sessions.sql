-- Signs a person out everywhere but where they ask. It is on disk before they are told, so that no crash makes a session good again.
-- Who comes with an access token has no session here to keep: all of theirs end.
with ended as (
  update messaging.sessions s
  set ended_at = cast(:#${bean:now?method=moment} as timestamptz)
  where s.person_id = cast(:#${variable.person.id} as uuid) and s.ended_at is null
    and s.hash is distinct from cast(:#${variable.credentialHash} as bytea)
    and s.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
    and s.last_used_at > cast(:#${bean:now?method=moment} as timestamptz) - interval '7 days'
    and set_config('synchronous_commit', 'on', true) is not null
  returning s.id
),
-- A phone that was lost shows no leads any more. Which of the devices the caller uses is not known: they switch it on again.
devices as (
  delete from messaging.push_devices d where d.person_id = cast(:#${variable.person.id} as uuid)
),
noted as (
  insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, details)
  select b.id, cast(:#${bean:now?method=moment} as timestamptz), 'person', p.id, p.email, 'endOtherSessions',
    jsonb_build_object('ended', (select count(*) from ended))
  from messaging.people p
  join public.businesses b on b.id = p.id
    or exists (select from messaging.business_members m where m.business_id = b.id and m.user_id = p.id)
  where p.id = cast(:#${variable.person.id} as uuid) and exists (select from ended)
)
select cast(jsonb_build_object('ended', count(*)) as text) from ended
