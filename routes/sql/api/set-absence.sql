-- From when until when a member is away: they get no leads by a rule meanwhile. Row-level security lets agents say it of themselves only.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.caller.businessId} as uuid) as business_id,
    cast(:#${variable.input.values[id]} as uuid) as member_id, cast(:#${bean:now?method=moment} as timestamptz) as at
)
insert into messaging.absences as a (business_id, member_id, starts_at, ends_at)
select input.business_id, input.member_id, coalesce(cast(input.body ->> 'from' as timestamptz), input.at), cast(input.body ->> 'until' as timestamptz)
from input
where exists (select from messaging.answering_members(input.business_id) m where m.member = input.member_id)
on conflict (business_id, member_id) do update set (starts_at, ends_at) = (excluded.starts_at, excluded.ends_at)
returning cast(json_build_object('memberId', a.member_id, 'from', messaging.iso(a.starts_at), 'until', messaging.iso(a.ends_at)) as text) as absence
