-- Brings the stored figures up to date, a little at a time: days that are stale, days that are over, then older days, newest first. A day is
-- stale as well once the deadline of one of its leads has passed.
-- Returns how much was done, 0 when nothing is left. A mark is deleted before its day is counted, so that a change meanwhile is not
-- overlooked.
-- Runs: called by the timer that refreshes figures.

create or replace function messaging.refresh_figures(moment timestamptz, leads integer) returns integer language plpgsql set search_path = '' as $$
declare
  each record;
  stale date;
  days date[];
  over date;
  place timestamptz;
  done integer;
begin
  insert into messaging.figures_kept (business_id)
  select b.id from public.businesses b
  where not exists (select from messaging.figures_kept k where k.business_id = b.id)
  limit 100
  on conflict do nothing;
  get diagnostics done = row_count;
  for each in
    select k.business_id, k.basis, k.since, k.until
    from messaging.figures_kept k
    left join messaging.business_settings s on s.business_id = k.business_id
    where k.basis is null or k.since > '-infinity' or k.until < (moment at time zone coalesce(s.time_zone, 'UTC'))::date - 1
      or exists (select from messaging.figures_stale x where x.business_id = k.business_id)
      or exists (select from messaging.lead_figures f where f.business_id = k.business_id and f.next_due < moment)
    limit 3
    for update of k skip locked
  loop
    declare
      clock record;
    begin
      select * into clock from messaging.business_clock(each.business_id);
      over := (moment at time zone clock.zone)::date - 1;
      if each.basis is distinct from clock.basis then
        delete from messaging.lead_figures f where f.business_id = each.business_id;
        delete from messaging.delivery_figures f where f.business_id = each.business_id;
        delete from messaging.response_figures f where f.business_id = each.business_id;
        delete from messaging.breakdown_figures f where f.business_id = each.business_id;
        each.since := over;
        each.until := over;
      end if;
      select array_agg(n.day) into days
      from (
        select (x.at at time zone clock.zone)::date as day
        from (select s.at from messaging.figures_stale s where s.business_id = each.business_id order by s.at desc limit 20000) x
        union
        select f.day from messaging.lead_figures f where f.business_id = each.business_id and f.next_due < moment
        order by 1 desc limit 3
      ) n;
      delete from messaging.figures_stale x
      where x.business_id = each.business_id and (x.at at time zone clock.zone)::date = any (days);
      foreach stale in array coalesce(days, '{}') loop
        if stale >= each.since and stale < each.until then
          perform messaging.keep_figures(each.business_id, clock.zone, clock.hours, stale, stale, moment);
        end if;
      end loop;
      if each.until < over then
        select m.created_at into place from public.messages m
        where m.business_id = each.business_id and m.created_at >= (each.until::timestamp at time zone clock.zone)
        order by m.created_at offset leads limit 1;
        stale := greatest(each.until, least(over - 1, (place at time zone clock.zone)::date - 1));
        perform messaging.keep_figures(each.business_id, clock.zone, clock.hours, each.until, stale, moment);
        each.until := stale + 1;
      end if;
      if each.since > '-infinity' then
        select m.created_at into place from public.messages m
        where m.business_id = each.business_id and m.created_at < (each.since::timestamp at time zone clock.zone) + interval '3 hours'
          and (m.created_at at time zone clock.zone)::date < each.since
        order by m.created_at desc limit 1;
        if place is null then
          each.since := '-infinity';
        else
          stale := (place at time zone clock.zone)::date;
          select m.created_at into place from public.messages m
          where m.business_id = each.business_id and m.created_at < place
          order by m.created_at desc offset leads limit 1;
          each.since := least(stale, coalesce((place at time zone clock.zone)::date + 1, stale - 30));
          perform messaging.keep_figures(each.business_id, clock.zone, clock.hours, each.since, stale, moment);
        end if;
      end if;
      update messaging.figures_kept k set basis = clock.basis, since = each.since, until = each.until where k.business_id = each.business_id;
      done := done + 1;
    end;
  end loop;
  return done;
end $$;

revoke all on function messaging.refresh_figures(timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.refresh_figures(timestamptz, integer) to messaging_worker;
