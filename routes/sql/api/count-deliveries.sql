-- What a filter means at this moment: looked at before many deliveries are sent again or cancelled at once.
with matching as materialized (
  select d.state, d.channel, d.created_at
  from messaging.matching(cast(:#${variable.input.filter} as jsonb), cast(:#${bean:now?method=moment} as timestamptz)) d
)
select cast(json_build_object(
  'count', (select count(*) from matching),
  'byState', (select coalesce(json_object_agg(s.state, s.count), '{}') from (
    select state, count(*) from matching group by state) s),
  'byChannel', (select coalesce(json_object_agg(c.channel, c.count), '{}') from (
    select channel, count(*) from matching group by channel) c),
  'oldest', (select messaging.iso(min(created_at)) from matching)) as text) as figures
