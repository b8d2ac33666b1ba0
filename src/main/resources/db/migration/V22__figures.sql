-- What a business wants to know about how it answers: counted in its own days and hours, and kept for days that are over, so that a
-- month costs the same whether there are ten leads or millions.

-- ---- Days and hours of a business ----------------------------------------------------------------------------------------------

-- What is ahead of UTC in a zone at a moment.
create function messaging.ahead_of_utc(moment timestamptz, zone text) returns interval language sql stable as $$
  select (moment at time zone zone) - (moment at time zone 'UTC')
$$;

-- When a business is open between two moments: whenever a clock on its wall shows a time of its hours. Such a time may come twice on
-- the day that the clock goes back, and not at all on the day that it goes forward. Hours are a list of {weekday, opens, closes}.
create function messaging.open_times(hours jsonb, zone text, since timestamptz, until timestamptz)
returns table (opens timestamptz, closes timestamptz) language sql stable set search_path = '' as $$
  with day as materialized (
    select n.midnight, extract(isodow from n.midnight) as weekday, messaging.ahead_of_utc(n.earliest, zone) as before,
      messaging.ahead_of_utc(n.latest, zone) as after, n.earliest, n.latest
    from (
      select (since at time zone zone)::date + i + time '00:00' as midnight,
        (((since at time zone zone)::date + i)::timestamp at time zone zone) - interval '3 hours' as earliest,
        (((since at time zone zone)::date + i + 1)::timestamp at time zone zone) + interval '3 hours' as latest
      from generate_series(-1, (until at time zone zone)::date - (since at time zone zone)::date + 1) i
    ) n
  ),
  change as (
    select d.*, (
      select min(t) from generate_series(d.earliest, d.latest, interval '15 minutes') t
      where messaging.ahead_of_utc(t, zone) <> d.before and d.before <> d.after) as changes_at
    from day d
  ),
  part as (
    select midnight, weekday, before as ahead, null::timestamptz as begins, changes_at as ends from change
    union all
    select midnight, weekday, after, changes_at, null from change where before <> after
  ),
  wall as (
    select greatest((p.midnight + (h.entry ->> 'opens')::interval - p.ahead) at time zone 'UTC', p.begins, since) as opens,
      least((p.midnight + (h.entry ->> 'closes')::interval - p.ahead) at time zone 'UTC', p.ends, until) as closes
    from part p
    join jsonb_array_elements(hours) h (entry) on (h.entry ->> 'weekday')::integer = p.weekday
  )
  select w.opens, w.closes from wall w where w.opens < w.closes order by w.opens
$$;

-- For how many whole seconds a business was open between two moments.
create function messaging.business_seconds(hours jsonb, zone text, since timestamptz, until timestamptz) returns integer
language sql stable set search_path = '' as $$
  select coalesce(floor(extract(epoch from sum(o.closes - o.opens))), 0)::integer
  from messaging.open_times(hours, zone, since, until) o
$$;

-- When it was open, and for how many seconds before each time: by this, how long it was open between any two moments is two look-ups.
create function messaging.opening(hours jsonb, zone text, since timestamptz, until timestamptz)
returns table (opens timestamptz[], closes timestamptz[], before float8[]) language sql stable set search_path = '' as $$
  select array_agg(o.opens order by o.opens), array_agg(o.closes order by o.opens), array_agg(o.before order by o.opens)
  from (
    select t.opens, t.closes,
      coalesce(sum(date_part('epoch', t.closes - t.opens)) over (order by t.opens rows between unbounded preceding and 1 preceding), 0) as before
    from messaging.open_times(hours, zone, since, until) t
  ) o
$$;

-- For how many seconds it was open from the first of these times until a moment.
create function messaging.open_until(moment timestamptz, opens timestamptz[], closes timestamptz[], before float8[]) returns float8
language sql immutable as $$
  select coalesce(before[width_bucket(moment, opens)]
    + date_part('epoch', least(moment, closes[width_bucket(moment, opens)]) - opens[width_bucket(moment, opens)]), 0)
$$;

-- The clock that a business goes by, its hours, and a mark of both that changes with them.
create function messaging.business_clock(business uuid) returns table (zone text, hours jsonb, basis text) language sql stable as $$
  select c.zone, c.hours, md5(c.zone || c.hours)
  from (
    select coalesce((select s.time_zone from messaging.business_settings s where s.business_id = business), 'UTC') as zone,
      coalesce(
        (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'), 'closes', to_char(h.closes, 'HH24:MI'))
          order by h.weekday, h.opens) from messaging.business_hours h where h.business_id = business),
        (select jsonb_agg(jsonb_build_object('weekday', w, 'opens', '09:00', 'closes', '17:00')) from generate_series(1, 5) w)) as hours
  ) c
$$;

-- ---- What is kept of days that are over ----------------------------------------------------------------------------------------

-- Leads by the hour of their business in which they came in, and what has become of them since. The seconds stand in the same order.
create table messaging.lead_figures (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  hour smallint not null check (hour between 0 and 23),
  funnel_id uuid,
  priority text,
  received integer not null,
  held integer not null,
  acknowledged integer not null,
  responded integer not null,
  owing integer not null,
  prompt integer not null,
  to_acknowledge integer[] not null,
  to_acknowledge_open integer[] not null,
  to_respond integer[] not null,
  to_respond_open integer[] not null
);
create index lead_figures_business_id on messaging.lead_figures (business_id, day);

-- What was owed of these leads.
create table messaging.delivery_figures (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  funnel_id uuid,
  priority text,
  channel text not null,
  accepted integer not null,
  waiting integer not null,
  sent integer not null,
  delivered integer not null,
  failed integer not null,
  cancelled integer not null
);
create index delivery_figures_business_id on messaging.delivery_figures (business_id, day);

-- Which days of a business are kept: from the first up to, but not with, the last, as long as its clock and hours are the same.
create table messaging.figures_kept (
  business_id uuid primary key references public.businesses (id) on delete cascade,
  basis text,
  since date,
  until date
);

-- Leads of which something has changed that is kept: whoever changes it says so in the same commit, so what is kept is never believed
-- when it is wrong. Rows are only added and taken away: nobody waits for another here.
create table messaging.figures_stale (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  at timestamptz not null
);
create index figures_stale_business_id on messaging.figures_stale (business_id, at);

do $$
declare
  each text;
begin
  foreach each in array array['lead_figures', 'delivery_figures', 'figures_kept', 'figures_stale'] loop
    execute format('alter table messaging.%I enable row level security, force row level security', each);
    execute format('create policy worker_all on messaging.%I for all to messaging_worker using (true) with check (true)', each);
    execute format($p$create policy caller_reads on messaging.%I for select to authenticated
      using (business_id = (select messaging.acting_for('viewer')))$p$, each);
    execute format('revoke all on messaging.%I from public, anon, authenticated', each);
    execute format('grant select on messaging.%I to authenticated', each);
    execute format('grant select, insert on messaging.%I to messaging_worker', each);
  end loop;
end $$;
grant delete on messaging.lead_figures, messaging.delivery_figures, messaging.figures_stale to messaging_worker;
grant update (basis, since, until) on messaging.figures_kept to messaging_worker;
revoke all on sequence messaging.lead_figures_id_seq, messaging.delivery_figures_id_seq, messaging.figures_stale_id_seq
  from public, anon, authenticated;

-- ---- How it is counted ---------------------------------------------------------------------------------------------------------

-- The figures of the leads that came in on these days. Free of settings, so that PostgreSQL can plan through it.
create function messaging.lead_figures_of(business uuid, zone text, hours jsonb, first date, last date, moment timestamptz)
returns table (day date, hour smallint, funnel_id uuid, priority text, received integer, held integer, acknowledged integer, responded integer,
  owing integer, prompt integer, to_acknowledge integer[], to_acknowledge_open integer[], to_respond integer[], to_respond_open integer[])
language sql stable as $$
  with open as materialized (
    select o.* from messaging.opening(hours, zone, (first::timestamp at time zone zone) - interval '3 hours', moment) o
  ),
  lead as (
    select m.created_at at time zone zone as local, m.funnel_id, m.priority, m.quarantined_at is null as counts, m.created_at,
      greatest(m.acknowledged_at, m.created_at) as acknowledged_at, m.acknowledged_at is not null and m.quarantined_at is null as is_acknowledged,
      greatest(m.responded_at, m.created_at) as responded_at, m.responded_at is not null and m.quarantined_at is null as is_responded,
      told.owes and m.quarantined_at is null and (told.first_at is not null or m.created_at < moment - interval '30 seconds') as owes,
      told.first_at <= m.created_at + interval '30 seconds' as is_prompt
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
      - messaging.open_until(l.created_at, o.opens, o.closes, o.before) + 0.0001)::integer) filter (where l.is_responded), '{}')
  from lead l cross join open o
  group by 1, 2, 3, 4
$$;

-- What was owed of the leads that came in on these days, whenever it was sent.
create function messaging.delivery_figures_of(business uuid, zone text, first date, last date)
returns table (day date, funnel_id uuid, priority text, channel text, accepted integer, waiting integer, sent integer, delivered integer,
  failed integer, cancelled integer) language sql stable as $$
  select (m.created_at at time zone zone)::date, m.funnel_id, m.priority, d.channel, count(*)::integer,
    count(*) filter (where d.state in ('pending', 'sending', 'held'))::integer, count(*) filter (where d.state = 'sent')::integer,
    count(*) filter (where d.state = 'delivered')::integer, count(*) filter (where d.state = 'failed')::integer,
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

-- ---- How it is kept right ------------------------------------------------------------------------------------------------------

-- Days are kept from the second day after them. What changes about younger leads is nobody's business here, so intake and delivery pay
-- nothing; twelve hours are left for clocks that differ.
create function messaging.mark_figures_of_lead() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at) values (new.business_id, new.created_at);
  if tg_op = 'UPDATE' and old.created_at <> new.created_at then
    insert into messaging.figures_stale (business_id, at) values (new.business_id, old.created_at);
  end if;
  return null;
end $$;

create trigger mark_figures_of_old_lead after insert on public.messages
for each row when (new.created_at < greatest(now(), new.updated_at) - interval '12 hours')
execute function messaging.mark_figures_of_lead();

create trigger mark_figures_of_lead after update on public.messages
for each row when (least(old.created_at, new.created_at) < greatest(now(), new.updated_at) - interval '12 hours' and (
  old.acknowledged_at is distinct from new.acknowledged_at or old.responded_at is distinct from new.responded_at
  or old.priority is distinct from new.priority or old.funnel_id is distinct from new.funnel_id or old.created_at <> new.created_at
  or old.quarantined_at is distinct from new.quarantined_at or old.type is distinct from new.type))
execute function messaging.mark_figures_of_lead();

create function messaging.mark_figures_of_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at)
  select distinct g.business_id, date_trunc('minute', g.created_at)
  from gone g
  where exists (select from public.businesses b where b.id = g.business_id);
  return null;
end $$;

create trigger mark_figures_of_gone after delete on public.messages
referencing old table as gone for each statement execute function messaging.mark_figures_of_gone();

create function messaging.mark_figures_of_delivery() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.figures_stale (business_id, at)
  select m.business_id, m.created_at from public.messages m
  where m.id = new.message_id and m.created_at < greatest(now(), new.updated_at) - interval '12 hours';
  return null;
end $$;

create trigger mark_figures_of_new_way after insert on messaging.deliveries
for each row when (new.cause = 'lead' and new.fallback_of is not null)
execute function messaging.mark_figures_of_delivery();

create trigger mark_figures_of_delivery after update of state on messaging.deliveries
for each row when (new.cause = 'lead' and old.state <> new.state
  and (new.fallback_of is not null or new.created_at < greatest(now(), new.updated_at) - interval '12 hours'))
execute function messaging.mark_figures_of_delivery();

-- Counts these days anew.
create function messaging.keep_figures(business uuid, zone text, hours jsonb, first date, last date, moment timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  delete from messaging.lead_figures f where f.business_id = business and f.day between first and last;
  delete from messaging.delivery_figures f where f.business_id = business and f.day between first and last;
  insert into messaging.lead_figures (business_id, day, hour, funnel_id, priority, received, held, acknowledged, responded, owing, prompt,
    to_acknowledge, to_acknowledge_open, to_respond, to_respond_open)
  select business, f.* from messaging.lead_figures_of(business, zone, hours, first, last, moment) f order by 2, 3;
  insert into messaging.delivery_figures (business_id, day, funnel_id, priority, channel, accepted, waiting, sent, delivered, failed, cancelled)
  select business, f.* from messaging.delivery_figures_of(business, zone, first, last) f order by 2;
end $$;

-- Brings what is kept up to date, a little at a time: days that are stale, days that are over, and older ones that nobody has counted
-- yet, the newest first. Says how much was done; nothing is left once that is 0. What was marked is taken away before it is counted, so
-- that whoever changes something meanwhile is not overlooked.
create function messaging.refresh_figures(moment timestamptz, leads integer) returns integer language plpgsql set search_path = '' as $$
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
        each.since := over;
        each.until := over;
      end if;
      select array_agg(n.day) into days
      from (
        select distinct (x.at at time zone clock.zone)::date as day
        from (select s.at from messaging.figures_stale s where s.business_id = each.business_id order by s.at desc limit 20000) x
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

-- What was counted by another clock or other hours is counted anew.
create function messaging.forget_figures() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.figures_kept k set basis = null where k.business_id = coalesce(new.business_id, old.business_id);
  return null;
end $$;

create trigger forget_figures after update of time_zone on messaging.business_settings
for each row when (old.time_zone <> new.time_zone) execute function messaging.forget_figures();
create trigger forget_figures_first after insert on messaging.business_settings
for each row when (new.time_zone <> 'UTC') execute function messaging.forget_figures();
create trigger forget_figures after insert or update or delete on messaging.business_hours
for each row execute function messaging.forget_figures();

-- ---- Views of a machine --------------------------------------------------------------------------------------------------------

-- A key bears the id of its business, and so may a person; what is a person's own is not the key's.
create function messaging.calling_person() returns uuid language sql stable set search_path = '' as $$
  select (c ->> 'sub')::uuid
  from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb as c) claims
  where c ->> 'role_in_app' is distinct from 'key'
$$;

drop policy caller_reads on messaging.saved_views;
create policy caller_reads on messaging.saved_views for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and (owner_id is null or owner_id = (select messaging.calling_person())));

revoke all on function messaging.ahead_of_utc(timestamptz, text), messaging.open_times(jsonb, text, timestamptz, timestamptz),
  messaging.business_seconds(jsonb, text, timestamptz, timestamptz),
  messaging.opening(jsonb, text, timestamptz, timestamptz),
  messaging.open_until(timestamptz, timestamptz[], timestamptz[], float8[]), messaging.business_clock(uuid),
  messaging.lead_figures_of(uuid, text, jsonb, date, date, timestamptz), messaging.delivery_figures_of(uuid, text, date, date),
  messaging.mark_figures_of_lead(), messaging.mark_figures_of_gone(), messaging.mark_figures_of_delivery(),
  messaging.keep_figures(uuid, text, jsonb, date, date, timestamptz), messaging.refresh_figures(timestamptz, integer),
  messaging.forget_figures(), messaging.calling_person() from public, anon, authenticated;
grant execute on function messaging.ahead_of_utc(timestamptz, text), messaging.open_times(jsonb, text, timestamptz, timestamptz),
  messaging.business_seconds(jsonb, text, timestamptz, timestamptz),
  messaging.opening(jsonb, text, timestamptz, timestamptz),
  messaging.open_until(timestamptz, timestamptz[], timestamptz[], float8[]), messaging.business_clock(uuid),
  messaging.lead_figures_of(uuid, text, jsonb, date, date, timestamptz), messaging.delivery_figures_of(uuid, text, date, date)
  to messaging_worker, authenticated;
grant execute on function messaging.calling_person() to authenticated;
grant execute on function messaging.keep_figures(uuid, text, jsonb, date, date, timestamptz), messaging.refresh_figures(timestamptz, integer)
  to messaging_worker;
grant create on schema messaging to messaging_worker;
alter function messaging.mark_figures_of_lead() owner to messaging_worker;
alter function messaging.mark_figures_of_gone() owner to messaging_worker;
alter function messaging.mark_figures_of_delivery() owner to messaging_worker;
alter function messaging.forget_figures() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
