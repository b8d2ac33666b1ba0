-- The figures of the leads that came in on these days, by all that they can be looked at by. Rows are added up by whoever calls. Has no
-- settings, so that PostgreSQL can inline it.
-- Runs: called by keep_figures() for past days, and by the statement that loads figures for the newest.

create or replace function messaging.lead_figures_of(business uuid, zone text, hours jsonb, first date, last date, moment timestamptz)
returns table (day date, hour smallint, funnel_id uuid, priority text, received integer, held integer, acknowledged integer, responded integer,
  owing integer, prompt integer, to_acknowledge integer[], to_acknowledge_open integer[], to_respond integer[], to_respond_open integer[],
  member_id uuid, source text, campaign text, outcome text, notified integer, reached integer, sla_met integer, sla_missed integer,
  next_due timestamptz)
language sql stable as $$
  with open as materialized (
    select o.* from messaging.opening(hours, zone, (first::timestamp at time zone zone) - interval '3 hours', moment) o
  ),
  lead as (
    select m.created_at at time zone zone as local, m.funnel_id, m.priority, m.quarantined_at is null as counts, m.created_at,
      greatest(m.acknowledged_at, m.created_at) as acknowledged_at, m.acknowledged_at is not null and m.quarantined_at is null as is_acknowledged,
      greatest(m.responded_at, m.created_at) as responded_at, m.responded_at is not null and m.quarantined_at is null as is_responded,
      told.owes and m.quarantined_at is null and (told.first_at is not null or m.created_at < moment - interval '30 seconds') as owes,
      told.first_at <= m.created_at + interval '30 seconds' as is_prompt,
      told.first_at is not null and m.quarantined_at is null as is_notified,
      m.quarantined_at is null and (m.call_outcome in ('reached', 'booked', 'not_interested')
        or m.call_outcome is null and m.responded_at is not null) as is_reached,
      case when m.quarantined_at is null then messaging.lead_sla(m.acknowledged_at, m.archived_at, m.due_at, moment) end as sla,
      case when m.quarantined_at is null and m.acknowledged_at is null and m.archived_at is null and m.due_at >= moment then m.due_at end as next_due,
      m.assigned_to, messaging.lead_source(m.metadata, 'utm_source') as source, messaging.lead_source(m.metadata, 'utm_campaign') as campaign,
      m.call_outcome
    from public.messages m
    cross join lateral (
      select coalesce(bool_or(d.state not in ('held', 'cancelled')), false) as owes,
        least(m.email_sent_at, m.sms_sent_at, min(d.ended_at) filter (where d.state in ('sent', 'delivered'))) as first_at
      from messaging.deliveries d
      where d.message_id = m.id and d.cause = 'lead'
    ) told
    where m.business_id = business and m.type = 'callback_request'
      and m.created_at >= (first::timestamp at time zone zone) - interval '3 hours'
      and m.created_at < ((last + 1)::timestamp at time zone zone) + interval '3 hours'
      and (m.created_at at time zone zone)::date between first and last
  )
  select l.local::date, extract(hour from l.local)::smallint, l.funnel_id, l.priority,
    count(*) filter (where l.counts)::integer, count(*) filter (where not l.counts)::integer,
    count(*) filter (where l.is_acknowledged)::integer, count(*) filter (where l.is_responded)::integer,
    count(*) filter (where l.owes)::integer, count(*) filter (where l.owes and l.is_prompt)::integer,
    coalesce(array_agg(floor(date_part('epoch', l.acknowledged_at - l.created_at))::integer) filter (where l.is_acknowledged), '{}'),
    coalesce(array_agg(floor(messaging.open_until(l.acknowledged_at, o.opens, o.closes, o.before)
      - messaging.open_until(l.created_at, o.opens, o.closes, o.before) + 0.0001)::integer) filter (where l.is_acknowledged), '{}'),
    coalesce(array_agg(floor(date_part('epoch', l.responded_at - l.created_at))::integer) filter (where l.is_responded), '{}'),
    coalesce(array_agg(floor(messaging.open_until(l.responded_at, o.opens, o.closes, o.before)
      - messaging.open_until(l.created_at, o.opens, o.closes, o.before) + 0.0001)::integer) filter (where l.is_responded), '{}'),
    l.assigned_to, l.source, l.campaign, l.call_outcome, count(*) filter (where l.is_notified)::integer,
    count(*) filter (where l.is_reached)::integer, count(*) filter (where l.sla = 'met')::integer,
    count(*) filter (where l.sla = 'missed')::integer, min(l.next_due)
  from lead l cross join open o
  group by l.local::date, extract(hour from l.local), l.funnel_id, l.priority, l.assigned_to, l.source, l.campaign, l.call_outcome
$$;

revoke all on function messaging.lead_figures_of(uuid, text, jsonb, date, date, timestamptz) from public, anon, authenticated;
grant execute on function messaging.lead_figures_of(uuid, text, jsonb, date, date, timestamptz) to authenticated, messaging_worker;
