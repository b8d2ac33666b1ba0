-- The figures of the deliveries of the leads that came in on these days; unknown counts as failed.
-- Runs: called by keep_figures() for past days, and by the statement that loads figures for the newest.

create or replace function messaging.delivery_figures_of(business uuid, zone text, first date, last date)
returns table (day date, funnel_id uuid, priority text, channel text, accepted integer, waiting integer, sent integer, delivered integer,
  failed integer, cancelled integer) language sql stable as $$
  select (m.created_at at time zone zone)::date, m.funnel_id, m.priority, d.channel, count(*)::integer,
    count(*) filter (where d.state in ('pending', 'sending', 'held'))::integer, count(*) filter (where d.state = 'sent')::integer,
    count(*) filter (where d.state = 'delivered')::integer, count(*) filter (where d.state in ('failed', 'unknown'))::integer,
    count(*) filter (where d.state = 'cancelled')::integer
  from public.messages m
  cross join lateral (
    select d.channel, d.state from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' offset 0) d
  where m.business_id = business and m.type = 'callback_request' and m.quarantined_at is null
    and m.created_at >= (first::timestamp at time zone zone) - interval '3 hours'
    and m.created_at < ((last + 1)::timestamp at time zone zone) + interval '3 hours'
    and (m.created_at at time zone zone)::date between first and last
  group by 1, 2, 3, 4
$$;

revoke all on function messaging.delivery_figures_of(uuid, text, date, date) from public, anon, authenticated;
grant execute on function messaging.delivery_figures_of(uuid, text, date, date) to authenticated, messaging_worker;
