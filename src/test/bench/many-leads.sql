-- Leads of some businesses over 400 days, as they pile up in years: each with two deliveries that are over, their attempts and its event.
-- The first business has 10,000 of them and the second 50,000, between those of all others, who share the rest; a business that is alone has
-- them all. Written without triggers, and with the indexes made afterwards. For a database that has the schema and nothing else:
-- PGOPTIONS='-c bench.businesses=200 -c bench.leads=10000000' psql -f src/test/bench/many-leads.sql
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
set jit = off;

create temporary table put_aside as
select cast(i.indexrelid::regclass as text) as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i
where i.indrelid = any (array['public.messages', 'messaging.deliveries', 'messaging.delivery_attempts', 'messaging.message_events']::regclass[])
  and not exists (select from pg_constraint c where c.conindid = i.indexrelid);
do $$
declare
  each record;
begin
  for each in select name from put_aside loop
    execute format('drop index %s', each.name);
  end loop;
end $$;

insert into public.businesses (id, name) select cast(lpad(n::text, 32, '0') as uuid), 'Business ' || n
from generate_series(1, cast(current_setting('bench.businesses') as integer)) n;
insert into public.funnels (id, business_id, name) select id, id, 'Funnel' from public.businesses;
insert into public.message_channels (id, business_id, channel_type, config)
select cast(c.place || substr(b.id::text, 2) as uuid), b.id, c.channel, c.config
from public.businesses b
cross join (values ('e', 'email', jsonb '{"to": "owner@example.com"}'), ('f', 'webhook', '{"url": "https://example.com/hook"}'))
  c (place, channel, config);
insert into messaging.webhook_subscriptions (id, business_id, url)
select cast('f' || substr(id::text, 2) as uuid), id, 'https://example.com/hook' from public.businesses;

-- In the order in which they came; a number alone tells each from the next.
insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, message,
  priority, status, tags, read_at, acknowledged_at, responded_at, archived_at, email_status, email_sent_at, created_at, updated_at)
select cast(lpad(to_hex(n), 32, '0') as uuid), b.id, b.id, 'callback_request',
  (array['Ada', 'Grace', 'Zoë', 'José', 'Søren', 'Mei', 'Amir', 'Olga', 'Priya', 'Liam'])[1 + dice % 10] || ' '
    || (array['Lovelace', 'Hopper', 'Müller', 'García', 'Nguyen', 'Okafor', 'Smith', 'Novak', 'Costa', 'Weber'])[1 + dice / 10 % 10]
    || '-' || substr(md5(n::text), 1, 4),
  '+614' || lpad((dice * 7919 % 100000000)::text, 8, '0'), '+614' || lpad((dice * 7919 % 100000000)::text, 8, '0'),
  'someone' || n || '@example.com', 'Please call after five, about the roof. Reference ' || substr(md5('r' || n), 1, 6) || '.',
  (array['urgent', 'high', 'medium', 'medium', 'medium', 'low'])[1 + dice % 6],
  case when late then 'unread' when dice % 9 = 0 then 'responded' else 'archived' end,
  case when dice % 30 = 0 then array['storm'] else '{}' end, case when not late then at + wait end, case when not late then at + wait end,
  case when not late then at + wait * 2 end, case when not late and dice % 9 > 0 then at + wait * 3 end, 'sent', at + interval '2 seconds',
  at, at
from (
  select n, n * 2654435761 % 4294967296 as dice, now() - (size.leads - n + 1) * interval '400 days' / size.leads as at,
    size.leads - n < size.leads / 500 as late
  from (select cast(current_setting('bench.leads') as bigint) as leads) size
  cross join generate_series(1, size.leads) n
) lead
cross join lateral (select make_interval(secs => power(10, 1 + dice % 1000 / 300.0)) as wait) w
cross join (
  select cast(current_setting('bench.businesses') as integer) as businesses, 4294967296.0 / cast(current_setting('bench.leads') as bigint) as share) size
join public.businesses b on b.id = cast(lpad((case when businesses = 1 or dice < 10000 * share then 1 when dice < 60000 * share then 2
  else 3 + n % (businesses - 2) end)::text, 32, '0') as uuid);

insert into messaging.message_events (tx, business_id, message_id, type, owed, created_at)
select '1', business_id, id, 'message.created', 2, created_at from public.messages;

insert into messaging.deliveries
  (id, business_id, cause, message_id, channel, target_id, state, attempts, next_attempt_at, created_at, updated_at, ended_at)
select cast(place || substr(m.id::text, 2) as uuid), m.business_id, 'lead', m.id, c.channel, cast(c.place || substr(m.business_id::text, 2) as uuid),
  case when c.channel = 'email' and right(m.id::text, 2) = 'ff' then 'failed' else 'sent' end, 1, m.created_at, m.created_at, m.updated_at,
  m.created_at + interval '2 seconds'
from public.messages m
cross join (values ('e', 'email'), ('f', 'webhook')) c (place, channel);

insert into messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome, status_code)
select id, business_id, 1, created_at, 40, 'accepted', 200 from messaging.deliveries;

do $$
declare
  each record;
begin
  for each in select definition from put_aside loop
    execute each.definition;
  end loop;
end $$;
