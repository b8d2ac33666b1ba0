-- Leads of the demo business as they pile up in a year and more, so that lists, searches and figures can be tried with many: the
-- latest wait, the older were worked on. Each is told from the next by its number alone, so they are the same whenever they are made.
with numbered as (
  select i, ('x' || left(md5('lead ' || i), 15))::bit(60)::bigint as dice,
    cast(:#${bean:now?method=moment} as timestamptz) - make_interval(secs => (i + 1) * 400.0 * 86400 / cast(:#${bean:demo?method=leads} as bigint)) as at
  from generate_series(cast(:#${variable.share.first} as bigint), cast(:#${variable.share.first} as bigint) + cast(:#${variable.share.many} as bigint) - 1) i
),
lead as materialized (
  select i, dice, at, f.id as funnel_id, f.business_id,
    cast(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5('id ' || i), 1, 3)
      || '8' || substr(md5('id ' || i), 4, 15) as uuid) as id,
    (array['Ada','Grace','Zoë','José','Chloé','Søren','Mei','Amir','Olga','Björn','Priya','Liam','Noah','Ivy','Ruby','Jack','Mia','Leo','Ana','Kofi',
      'Ines','Tomáš','Yuki','Sara','Omar','Eva','Nils','Lucía','Hana','Paul'])[1 + dice % 30] || ' '
      || (array['Lovelace','Hopper','Müller','García','Nguyen','Okafor','O''Neil','Smith','Jones','Brown','Wilson','Taylor','Martin','Dvořák','Kowalski',
      'Rossi','Silva','Kim','Patel','Singh','Haddad','Novak','Larsson','Dubois','Costa','Moreau','Weber','Fischer','Yamada','Ivanova'])[1 + (dice / 31) % 30]
      || case when dice % 3 = 0 then '-' || chr(65 + (dice % 26)::integer) || substr(md5(dice::text), 1, 3) else '' end as contact,
    '+614' || lpad(((dice / 7) % 100000000)::text, 8, '0') as phone,
    (array['After five, please.','Is the roof check really free?','My panels are ten years old and make less each summer.','Please call my wife, she knows.',
      'Two storeys, tile roof, north facing.','I would like an offer with a battery.','Not on Wednesday.','The inverter shows an error since the storm.',
      'How long is the wait at the moment?','Could you come on a Saturday?','We are building new and want to plan ahead.','Ring twice, the bell is broken.'])[1 + (dice / 11) % 12]
      || case when dice % 5 = 0 then ' Reference ' || substr(md5('r' || i), 1, 6) || '.' else '' end as text,
    case when dice % 50 = 0 then 'urgent' when dice % 12 = 0 then 'high' when dice % 9 = 0 then 'low' else 'medium' end as priority,
    -- Of the last day half wait; of older ones a very few do.
    case when i < cast(:#${bean:demo?method=leads} as bigint) / 800 and dice % 2 = 0 or dice % 1500 = 0 then case when dice % 3 = 0 then 'read' else 'unread' end
      when dice % 40 = 0 then 'acknowledged' when dice % 11 = 0 then 'responded' else 'archived' end as status,
    least(make_interval(secs => 60 + power(10, 1 + (dice % 1000) / 300.0)), (cast(:#${bean:now?method=moment} as timestamptz) - at) / 4) as wait
  from numbered
  join public.funnels f on f.id = cast(:#${bean:demo?method=funnel} as uuid)
),
message as (
  insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, message,
    priority, status, metadata, tags, due_at, read_at, acknowledged_at, acknowledged_by, responded_at, archived_at, email_status, sms_status,
    email_sent_at, sms_sent_at, created_at, updated_at)
  select id, funnel_id, business_id, 'callback_request', contact, phone, phone,
    case when dice % 2 = 0 then lower(regexp_replace(messaging.folded(contact), '[^a-z]+', '.', 'g')) || dice % 1000 || '@example.com' end, text,
    priority, status, jsonb_build_object('source', case when dice % 3 = 0 then 'qr' else 'page' end),
    case when dice % 20 = 0 then array['battery'] when dice % 33 = 0 then array['storm', 'warranty'] else '{}' end,
    messaging.due(at, priority, 60),
    case when status <> 'unread' then at + wait / 2 end,
    case when status not in ('unread', 'read') then at + wait end, case when status not in ('unread', 'read') then business_id end,
    case when status = 'responded' or status = 'archived' and dice % 7 > 0 then at + wait * 2 end,
    case when status = 'archived' then at + wait * 3 end,
    'sent', 'sent', at + interval '2 seconds', at + interval '3 seconds', at, at + wait
  from lead
),
event as (
  insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
  select business_id, id, 'message.created', cast('{}' as jsonb), 2, at from lead
  union all
  select business_id, id, 'message.acknowledged', jsonb_build_object('by', 'owner@harbour-street.example'), 0, at + wait from lead
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
