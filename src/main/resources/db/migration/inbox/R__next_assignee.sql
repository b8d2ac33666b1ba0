-- The member who gets the next lead of a funnel, and why, in words that follow a name: "Kim: on duty until 18:00". No row where no rule
-- says so or nobody is there. Changes nothing: assign_lead() notes whose turn it was. Leads that somebody had before go to another.
-- Runs: called by assign_lead().

create or replace function messaging.next_assignee(business uuid, funnel uuid, at timestamptz, tried uuid[] default '{}')
returns table (member uuid, reason text) language plpgsql stable set search_path = '' as $$
declare
  rule messaging.assignment_rules;
  zone text;
begin
  select * into rule from messaging.assignment_rule(business, funnel);
  if not found or rule.rule = 'nobody' then
    return;
  end if;
  if rule.rule = 'on_duty' then
    zone := (select c.zone from messaging.business_clock(business) c);
    return query
      select d.member, case
          when d.starts > at then 'next on duty, from ' || to_char(d.starts at time zone zone, 'Dy HH24:MI')
          else 'on duty until ' || case when local.last_day = (at at time zone zone)::date then '' else to_char(local.last_day, 'Dy ') end
            || case when local.ends::time = '00:00' then '24:00' else to_char(local.ends, 'HH24:MI') end end
      from messaging.duty_spans(business, at, case when cardinality(tried) = 0 then at else at + interval '14 days' end) d
      -- A shift that ends at midnight ends at 24:00 of its own day.
      cross join lateral (
        select d.ends at time zone zone as ends, ((d.ends at time zone zone) - interval '1 microsecond')::date as last_day) local
      where d.member <> all (tried)
      order by d.starts
      limit 1;
  else
    return query
      select a.member, case rule.rule
          when 'round_robin' then 'next in turn'
          when 'least_loaded' then format('fewest open leads (%s)', a.open)
          when 'member' then 'gets all leads' || case when rule.funnel_id is null then '' else ' of this funnel' end end
      from (
        -- Leads that were left open for more than a month say nothing about who is busy.
        select c.member, case when rule.rule = 'least_loaded' then (
            select count(*) from public.messages m
            where m.business_id = business and m.assigned_to = c.member and m.created_at > at - interval '30 days'
              and coalesce(m.status, 'unread') in ('unread', 'read', 'acknowledged') and m.quarantined_at is null and m.type <> 'reminder') end as open
        from messaging.assignable_members(business, rule.member_ids, tried, at) c) a
      order by a.open, a.member > rule.last_member_id desc nulls last, a.member
      limit 1;
  end if;
  if not found and rule.fallback = 'owners' then
    return query
      select c.member, case
          when cardinality(tried) > 0 then 'nobody else is left, so an owner gets it'
          when rule.rule = 'on_duty' then 'nobody is on duty, so an owner gets it'
          else 'nobody of the rule is there, so an owner gets it' end
      from messaging.assignable_members(business, '{}', tried, at) c
      where c.is_owner
      order by c.member > rule.last_member_id desc nulls last, c.member
      limit 1;
  end if;
end $$;

revoke all on function messaging.next_assignee(uuid, uuid, timestamptz, uuid[]) from public, anon, authenticated;
grant execute on function messaging.next_assignee(uuid, uuid, timestamptz, uuid[]) to authenticated, messaging_worker;
