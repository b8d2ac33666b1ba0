-- The time zone and opening hours of a business with its holidays, and a checksum of all: figures that were counted by others are
-- counted anew. A zone that the database does not know, or knows no longer, counts as UTC. An entry of the hours is {weekday, opens,
-- closes}, or {date, opens, closes} for a holiday, which has no times where the business is closed.
-- Runs: called by open_hours() and refresh_figures(), and by the statements that load figures, settings and the business's day.

create or replace function messaging.business_clock(business uuid) returns table (zone text, hours jsonb, basis text) language sql stable as $$
  select c.zone, c.hours, md5(c.zone || c.hours)
  from (
    select coalesce((
        select s.time_zone from messaging.business_settings s where s.business_id = business and messaging.knows_zone(s.time_zone)), 'UTC') as zone,
      coalesce(
        (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'), 'closes', to_char(h.closes, 'HH24:MI'))
          order by h.weekday, h.opens) from messaging.business_hours h where h.business_id = business),
        (select jsonb_agg(jsonb_build_object('weekday', w, 'opens', '09:00', 'closes', '17:00')) from generate_series(1, 5) w))
      || coalesce(
        (select jsonb_agg(jsonb_build_object('date', d.day) || coalesce(span.entry, '{}') order by d.day, span.entry)
          from messaging.business_holidays d
          left join lateral jsonb_array_elements(d.spans) span (entry) on true
          where d.business_id = business), '[]') as hours
  ) c
$$;

revoke all on function messaging.business_clock(uuid) from public, anon, authenticated;
grant execute on function messaging.business_clock(uuid) to authenticated, messaging_intake, messaging_worker;
