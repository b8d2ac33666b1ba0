-- Who is on duty when, between two moments: the weekly rota by the clock of the business, but not on holidays on which it is closed all
-- day, replaced by the exceptions of a date, without members who are away. Shifts of one member that follow each other are one span.
-- In PL/pgSQL, which keeps its plan: PostgreSQL before 18 plans an SQL function again in each statement that calls it.
-- Runs: called by on_duty(), next_assignee(), and the statement that shows the rota.

create or replace function messaging.duty_spans(business uuid, since timestamptz, until timestamptz)
returns table (member uuid, starts timestamptz, ends timestamptz) language plpgsql stable set search_path = '' as $$
declare
  zone text := (select c.zone from messaging.business_clock(business) c);
begin
  -- An end that the clock jumps over may come out before its start, which then is a span of no length.
  return query
    with day as (
      select (since at time zone zone)::date - 1 + i as day
      from generate_series(0, (until at time zone zone)::date - (since at time zone zone)::date + 2) i
    ),
    exception as (
      select o.member_id, tstzrange((o.day + o.starts) at time zone zone,
        greatest((o.day + o.starts) at time zone zone, (o.day + o.ends) at time zone zone)) as span
      from messaging.rota_overrides o
      where o.business_id = business and o.day between (select min(d.day) from day d) and (select max(d.day) from day d)
    ),
    planned as (
      select s.member_id, tstzmultirange(tstzrange((d.day + s.starts) at time zone zone,
          greatest((d.day + s.starts) at time zone zone, (d.day + s.ends) at time zone zone)))
        - (select coalesce(range_agg(e.span), '{}') from exception e) as spans
      from day d
      join messaging.rota_shifts s on s.business_id = business and s.weekday = extract(isodow from d.day)
        and not exists (select from messaging.business_holidays h where h.business_id = business and h.day = d.day and h.spans = '[]')
      union all
      select e.member_id, tstzmultirange(e.span) from exception e where e.member_id is not null
    ),
    present as (
      select p.member_id, unnest(range_agg(p.spans) - coalesce(
        (select tstzmultirange(tstzrange(b.starts_at, b.ends_at)) from messaging.absences b where b.business_id = business and b.member_id = p.member_id),
        '{}')) as span
      from planned p
      join messaging.answering_members(business) a on a.member = p.member_id
      group by p.member_id
    )
    select p.member_id, lower(p.span), upper(p.span)
    from present p
    where lower(p.span) <= until and upper(p.span) > since
    order by lower(p.span);
end $$;

revoke all on function messaging.duty_spans(uuid, timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function messaging.duty_spans(uuid, timestamptz, timestamptz) to authenticated, messaging_worker;
