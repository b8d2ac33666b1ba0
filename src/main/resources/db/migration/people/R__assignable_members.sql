-- The members who may be given a lead at a moment: those of a list, or all owners and agents where it is empty, without those who are
-- away and those who had the lead before.
-- Runs: called by next_assignee().

create or replace function messaging.assignable_members(business uuid, wanted uuid[], tried uuid[], at timestamptz)
returns table (member uuid, is_owner boolean) language sql stable set search_path = '' as $$
  select a.member, a.is_owner
  from messaging.answering_members(business) a
  where (a.member = any (wanted) or cardinality(wanted) = 0 and a.is_usual) and a.member <> all (tried)
    and not exists (
      select from messaging.absences b
      where b.business_id = business and b.member_id = a.member and b.starts_at <= at and (b.ends_at is null or b.ends_at > at))
$$;

revoke all on function messaging.assignable_members(uuid, uuid[], uuid[], timestamptz) from public, anon, authenticated;
grant execute on function messaging.assignable_members(uuid, uuid[], uuid[], timestamptz) to authenticated, messaging_worker;
