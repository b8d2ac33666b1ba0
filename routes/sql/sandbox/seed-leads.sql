-- Leads of the demo business as they pile up in a year and more, so that lists, searches and analytics can be tried with many. They come as
-- those of a shop do: on weekdays more than on Sundays, in the morning and after work more than at night, from several sources. Three people
-- respond, within opening hours and each at another pace. All about a lead but its time follows from its number alone.
with input as materialized (
  select cast(:#${bean:now?method=moment} as timestamptz) as moment, cast(:#${variable.share.first} as bigint) as first,
    cast(:#${variable.share.many} as bigint) as many, 400 / 7.0 / cast(:#${bean:demo?method=leads} as bigint) as weeks_each
),
-- How many leads each hour of these weeks has beside the others of its week; no two weeks are alike.
hour as (
  select back, cast(date_trunc('week', i.moment at time zone 'Australia/Sydney') as date) - 7 * back + h * interval '1 hour' as local,
    (array[1.2, 1.1, 1, 1, 0.9, 0.6, 0.4])[1 + h / 24]
      * (array[0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.6, 2, 3.5, 5, 6, 6, 5, 4.5, 4.5, 4, 4, 4.5, 4, 4.5, 4, 2, 1, 0.4])[1 + h % 24]
      * (0.7 + 0.6 * cast(cast('x' || left(md5('day ' || back || ' ' || h / 24), 4) as bit(16)) as integer) / 65535) as weight
  from input i
  cross join lateral (
    select 0 as back
    union
    select generate_series(greatest(cast(floor(i.first * i.weeks_each) as integer) - 1, 0),
      cast(ceil((i.first + i.many) * i.weeks_each) as integer) + 2)) w
  cross join generate_series(0, 167) h
),
-- The part of its week's leads, from 0 to 1, that have come when an hour begins.
part as materialized (
  select back, local, (sum(weight) over (partition by back order by local) - weight) / sum(weight) over (partition by back) as begins,
    weight / sum(weight) over (partition by back) as size
  from hour
),
bounded as materialized (
  select p.*, lead(p.begins, 1, 2.0) over (partition by p.back order by p.local) as ends from part p
),
-- The newest lead is of now: as much of this week is over.
today as materialized (
  select p.begins + p.size * cast(extract(epoch from (i.moment at time zone 'Australia/Sydney') - p.local) as numeric) / 3600 as over
  from input i
  join part p on p.back = 0 and i.moment at time zone 'Australia/Sydney' >= p.local
    and i.moment at time zone 'Australia/Sydney' < p.local + interval '1 hour'
),
placed as (
  select n.i, cast(greatest(ceil(n.weeks - today.over), 0) as integer) as back,
    today.over - n.weeks + greatest(ceil(n.weeks - today.over), 0) as place
  from today
  cross join lateral (
    -- Some weeks are better than others.
    select i, cast(w.even + 0.3 * sin(w.even) + 0.12 * sin(2.3 * w.even) as numeric) as weeks
    from input
    cross join generate_series(input.first, input.first + input.many - 1) i
    cross join lateral (select (i + 0.5) * input.weeks_each as even) w) n
),
numbered as materialized (
  select p.i, cast(cast('x' || left(md5('lead ' || p.i), 15) as bit(60)) as bigint) as dice,
    date_trunc('milliseconds', b.local + interval '1 hour' * cast((p.place - b.begins) / b.size as float8)) as local
  from placed p
  join bounded b on b.back = p.back and p.place >= b.begins and p.place < b.ends
),
-- Somebody looks at it at once, or when the shop opens next.
timed as materialized (
  select n.*, least(n.local at time zone 'Australia/Sydney', input.moment) as at, (case
      when extract(isodow from n.local) < 6 and n.local::time between '09:00' and '17:00' then n.local
      when extract(isodow from n.local) < 6 and n.local::time < '09:00' then n.local::date + time '09:00'
      else n.local::date + cast(case extract(isodow from n.local) when 5 then 3 when 6 then 2 else 1 end as integer) + time '09:00'
    end) at time zone 'Australia/Sydney' as seen_at,
    case when n.dice % 20 < 9 then 2 when n.dice % 20 < 16 then 3 when n.dice % 20 < 19 then 1 end as person,
    case when n.dice % 29 < 13 then 'reached' when n.dice % 29 < 18 then 'booked' when n.dice % 29 < 22 then 'voicemail'
      when n.dice % 29 < 25 then 'no_answer' when n.dice % 29 < 26 then 'wrong_number' when n.dice % 29 < 28 then 'not_interested' end as outcome
  from numbered n
  cross join input
),
lead as materialized (
  select i, dice, at, seen_at, person, outcome, f.id as funnel_id, f.business_id, input.moment,
    case person when 1 then f.business_id else cast(md5('demo ' || person) as uuid) end as member_id,
    (array['owner', 'mia', 'sam'])[person] || '@harbour-street.example' as member,
    cast(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5('id ' || i), 1, 3)
      || '8' || substr(md5('id ' || i), 4, 15) as uuid) as id,
    (array['Ada','Grace','Zoë','José','Chloé','Søren','Mei','Amir','Olga','Björn','Priya','Liam','Noah','Ivy','Ruby','Jack','Mia','Leo','Ana','Kofi',
      'Ines','Tomáš','Yuki','Sara','Omar','Eva','Nils','Lucía','Hana','Paul'])[1 + dice % 30]
      || case when dice % 3 = 0 then ' ' || chr(65 + (dice % 26)::integer) || '. ' else ' ' end
      || (array['Lovelace','Hopper','Müller','García','Nguyen','Okafor','O''Neil','Smith','Jones','Brown','Wilson','Taylor','Martin','Dvořák','Kowalski',
      'Rossi','Silva','Kim','Patel','Singh','Haddad','Novak','Larsson','Dubois','Costa','Moreau','Weber','Fischer','Yamada','Ivanova'])[1 + (dice / 31) % 30] as contact,
    '+614' || lpad(((dice / 7) % 100000000)::text, 8, '0') as phone,
    (array['After five, please.','Is the roof check really free?','My panels are ten years old and make less each summer.','Please call my wife, she knows.',
      'Two storeys, tile roof, north facing.','I would like an offer with a battery.','Not on Wednesday.','The inverter shows an error since the storm.',
      'How long is the wait at the moment?','Could you come on a Saturday?','We are building new and want to plan ahead.','Ring twice, the bell is broken.'])[1 + (dice / 11) % 12]
      || case when dice % 5 = 0 then ' Reference ' || substr(md5('r' || i), 1, 6) || '.' else '' end as text,
    case when dice % 50 = 0 then 'urgent' when dice % 12 = 0 then 'high' when dice % 9 = 0 then 'low' else 'medium' end as priority,
    -- What the shop has not opened for yet waits, and half of the last day; of older ones a very few do.
    case when seen_at >= input.moment - interval '20 minutes' or at > input.moment - interval '1 day' and dice % 2 = 0 or dice % 1500 = 0
        then case when dice % 3 = 0 then 'read' else 'unread' end
      when dice % 40 = 0 or outcome is null then 'acknowledged'
      when at > input.moment - interval '14 days' and outcome in ('reached', 'booked', 'not_interested') then 'responded'
      when at > input.moment - interval '3 days' then 'acknowledged' else 'archived' end as status,
    least(seen_at - at + make_interval(secs => 40 + power(10, 1 + (dice % 1000) / 330.0) * (array[3, 0.5, 1])[coalesce(person, 1)]),
      (input.moment - at) / 4 + (seen_at - at) / 2) as wait
  from timed
  cross join input
  join public.funnels f on f.id = cast(:#${bean:demo?method=funnel} as uuid)
),
message as (
  insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, message,
    priority, status, assigned_to, call_outcome, metadata, tags, due_at, read_at, acknowledged_at, acknowledged_by, acknowledged_by_member,
    responded_at, archived_at, email_status, sms_status, email_sent_at, sms_sent_at, created_at, updated_at)
  select id, funnel_id, business_id, 'callback_request', contact, phone, phone,
    case when dice % 2 = 0 then lower(regexp_replace(messaging.folded(contact), '[^a-z]+', '.', 'g')) || dice % 1000 || '@example.com' end, text,
    priority, status, case when status not in ('unread', 'read') then member_id end, case when status not in ('unread', 'read') then outcome end,
    case when dice % 100 < 38 then '{"utm_source": "google", "utm_medium": "cpc"}' when dice % 100 < 55 then '{"utm_source": "facebook", "utm_medium": "social"}'
      when dice % 100 < 65 then '{"utm_source": "newsletter", "utm_medium": "email"}' when dice % 100 < 74 then '{"utm_source": "flyer", "utm_medium": "qr"}'
      else cast('{}' as jsonb) end
      || case when dice % 100 < 74 then jsonb_build_object('utm_campaign', (array['roof-check', 'spring-battery', 'neighbours'])[1 + dice / 100 % 3]) else '{}' end,
    case when dice % 20 = 0 then array['battery'] when dice % 33 = 0 then array['storm', 'warranty'] else '{}' end,
    messaging.due(seen_at, priority, 60),
    case when status <> 'unread' then at + wait / 2 end,
    case when status not in ('unread', 'read') then at + wait end, case when status not in ('unread', 'read') then business_id end,
    case when status not in ('unread', 'read') then coalesce(member_id, business_id) end,
    case when status in ('responded', 'archived') and outcome in ('reached', 'booked', 'not_interested') then
      at + wait + least((moment - at - wait) / 10, interval '3 hours') end,
    case when status = 'archived' then at + wait + least((moment - at - wait) / 5, interval '1 day') end,
    'sent', 'sent', at + interval '2 seconds', at + interval '3 seconds', at, at + wait
  from lead
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
  select business_id, id, 'message.created', cast('{}' as jsonb), 2, at from lead
  union all
  select business_id, id, 'message.acknowledged', jsonb_build_object('by', coalesce(member, 'owner@harbour-street.example')), 0, at + wait from lead
  where status not in ('unread', 'read')
),
delivery as (
  insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at)
  select c.business_id, 'lead', lead.id, c.channel_type, c.id,
    case when dice % 200 = 0 and c.channel_type = 'sms' then 'failed' else 'sent' end, null, at, at, at + interval '3 seconds'
  from lead
  join public.message_channels c on c.business_id = lead.business_id and c.channel_type in ('email', 'sms')
)
select count(*) from lead
