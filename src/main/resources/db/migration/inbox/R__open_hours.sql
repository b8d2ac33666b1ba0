-- The time zone and hours by which it is decided whether a business is open: those of business_clock(), except that a business which has
-- set no hours is open all the time, its holidays aside.
-- Runs: called by is_open(), next_opening() and after_open().

create or replace function messaging.open_hours(business uuid) returns table (zone text, hours jsonb) language plpgsql stable set search_path = '' as $$
begin
  select c.zone, c.hours into zone, hours from messaging.business_clock(business) c;
  if not exists (select from messaging.business_hours h where h.business_id = business) then
    select jsonb_agg(jsonb_build_object('weekday', w, 'opens', '00:00', 'closes', '24:00')) || coalesce((
        select jsonb_agg(h.entry) from jsonb_array_elements(hours) h (entry) where h.entry ? 'date'), '[]')
      into hours
    from generate_series(1, 7) w;
  end if;
  return next;
end $$;

revoke all on function messaging.open_hours(uuid) from public, anon, authenticated;
grant execute on function messaging.open_hours(uuid) to authenticated, messaging_intake, messaging_worker;
