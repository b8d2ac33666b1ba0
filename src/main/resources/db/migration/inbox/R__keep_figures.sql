-- Counts the stored figures of these days anew.
-- Runs: called by refresh_figures().

create or replace function messaging.keep_figures(business uuid, zone text, hours jsonb, first date, last date, moment timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  delete from messaging.lead_figures f where f.business_id = business and f.day between first and last;
  delete from messaging.response_figures f where f.business_id = business and f.day between first and last;
  delete from messaging.breakdown_figures f where f.business_id = business and f.day between first and last;
  delete from messaging.delivery_figures f where f.business_id = business and f.day between first and last;
  with counted as materialized (
    select f.* from messaging.lead_figures_of(business, zone, hours, first, last, moment) f
  ),
  kept as (
    insert into messaging.lead_figures (business_id, day, hour, funnel_id, priority, received, held, acknowledged, responded, owing, prompt,
      notified, reached, sla_met, sla_missed, next_due)
    select business, c.day, c.hour, c.funnel_id, c.priority, sum(c.received), sum(c.held), sum(c.acknowledged), sum(c.responded), sum(c.owing),
      sum(c.prompt), sum(c.notified), sum(c.reached), sum(c.sla_met), sum(c.sla_missed), min(c.next_due)
    from counted c
    group by c.day, c.hour, c.funnel_id, c.priority
    order by c.day, c.hour
  ),
  broken_down as (
    insert into messaging.breakdown_figures (business_id, day, funnel_id, priority, dimension, value, received, held, notified, acknowledged,
      responded, reached, sla_met, sla_missed)
    select business, c.day, c.funnel_id, c.priority, d.dimension, d.value, sum(c.received), sum(c.held), sum(c.notified), sum(c.acknowledged),
      sum(c.responded), sum(c.reached), sum(c.sla_met), sum(c.sla_missed)
    from counted c
    cross join lateral (values
      ('member', c.member_id::text), ('source', c.source), ('campaign', c.campaign), ('outcome', c.outcome)) d (dimension, value)
    group by c.day, c.funnel_id, c.priority, d.dimension, d.value
    order by c.day
  )
  insert into messaging.response_figures
    (business_id, day, funnel_id, priority, member_id, to_acknowledge, to_acknowledge_open, to_respond, to_respond_open)
  select business, c.day, c.funnel_id, c.priority, c.member_id,
    string_agg(messaging.packed(c.to_acknowledge), ''), string_agg(messaging.packed(c.to_acknowledge_open), ''),
    string_agg(messaging.packed(c.to_respond), ''), string_agg(messaging.packed(c.to_respond_open), '')
  from counted c
  where c.acknowledged + c.responded > 0
  group by c.day, c.funnel_id, c.priority, c.member_id
  order by c.day;
  insert into messaging.delivery_figures (business_id, day, funnel_id, priority, channel, accepted, waiting, sent, delivered, failed, cancelled)
  select business, f.* from messaging.delivery_figures_of(business, zone, first, last) f order by 2;
end $$;

revoke all on function messaging.keep_figures(uuid, text, jsonb, date, date, timestamptz) from public, anon, authenticated;
grant execute on function messaging.keep_figures(uuid, text, jsonb, date, date, timestamptz) to messaging_worker;
