-- Adds a received mail or SMS to the conversation that it belongs to, once. The lead is the one that the signed reply address names;
-- else the one whose mails it answers, if its sender took part in them; for an SMS the one that was last written to at this number.
-- Leads of several businesses are ambiguous: nothing is added. Automatic replies cause no event. Gives the result, and the business
-- that has new events.
with reply as (
  select r.*, cast(:#${bean:now?method=moment} as timestamptz) as at
  from jsonb_to_record(cast(:#${variable.reply.json} as jsonb)) as r (
    id uuid, channel text, sender text, recipient text, lead uuid, deliveries uuid[], number text, delivery uuid, since timestamptz, subject text, body text,
    original text, automatic boolean, attachments jsonb, "mailId" text, "receivedId" text)
),
found as (
  select r.lead as message_id, true as is_proven, cast(0 as bigint) as place from reply r where r.lead is not null
  union all
  select d.message_id, false, answered.place
  from reply r
  cross join unnest(r.deliveries) with ordinality as answered (id, place)
  join messaging.deliveries d on d.id = answered.id
  where r.lead is null and d.channel = 'email'
  union all
  select e.message_id, true, row_number() over (order by e.created_at desc, e.id)
  from reply r
  join messaging.thread_entries e on e.recipient = r.number and e.channel = 'sms' and e.direction = 'out' and e.created_at >= r.since
  where e.id = r.delivery
    or not exists (select from messaging.thread_entries named where named.id = r.delivery and named.recipient = r.number)
),
candidate as (
  select m.id, m.business_id, m.status, found.place, found.is_proven,
    found.is_proven or lower(m.contact_email) = r.sender or exists (
      select from messaging.thread_entries e where e.message_id = m.id and e.direction = 'out' and lower(e.recipient) = r.sender) as is_of_lead,
    r.channel = 'email' and lower(m.contact_email) is distinct from r.sender and (
      exists (
        select from public.message_channels c
        where c.business_id = m.business_id and c.channel_type = 'email' and lower(c.config ->> 'to') = r.sender)
      or exists (
        select from messaging.business_members b
        left join messaging.people p on p.id = b.user_id
        where b.business_id = m.business_id and lower(coalesce(b.email, p.email)) = r.sender)
      or exists (
        select from messaging.member_addresses a
        where a.business_id = m.business_id and a.channel = 'email' and a.confirmed_at is not null and lower(a.address) = r.sender)) as is_of_business
  from reply r
  cross join found
  join public.messages m on m.id = found.message_id
),
taking_part as (
  select c.*, (select count(distinct p.business_id) from candidate p where p.is_of_lead or p.is_of_business) as businesses
  from candidate c
  where c.is_of_lead or c.is_of_business
),
lead as (
  select t.id, t.business_id, t.status, t.is_of_business from taking_part t where t.businesses = 1 order by t.place limit 1
),
entry as (
  insert into messaging.thread_entries (id, business_id, message_id, direction, channel, sender, recipient, subject, body, original,
    is_automatic, attachments, mail_id, received_id, created_at)
  select r.id, lead.business_id, lead.id, case when lead.is_of_business then 'out' else 'in' end, r.channel, r.sender, r.recipient,
    r.subject, r.body, r.original, r.automatic, r.attachments, r."mailId", r."receivedId", r.at
  from reply r, lead
  on conflict (message_id, received_id) where received_id is not null do nothing
  returning id, business_id, message_id, direction, channel, sender
),
-- What becomes of the lead is announced here, with who did it.
announced as materialized (
  select set_config('messaging.announced', 'replied', true) as how from entry
),
responded as (
  update public.messages m
  set status = 'responded', updated_at = r.at
  from reply r, lead, entry, announced
  where m.id = lead.id and entry.direction = 'out' and not r.automatic and lead.status in ('unread', 'read', 'acknowledged')
    and announced.how = 'replied'
  returning m.id
),
events as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select entry.business_id, entry.message_id, happened.type, happened.data, r.at
  from reply r
  cross join entry
  cross join lateral (
    select 1 as place, case entry.direction when 'in' then 'message.reply_received' else 'message.replied' end as type,
      jsonb_build_object('by', entry.sender, 'reply', entry.id, 'channel', entry.channel) as data
    union all
    select 2, 'message.responded',
      jsonb_build_object('from', lead.status, 'to', 'responded', 'by', entry.sender, 'reply', entry.id)
    from lead, responded) happened
  where not r.automatic
  order by happened.place
  returning business_id
),
-- An SMS reaches nobody but this service, so the business is mailed, once an hour for a lead; a mail has reached its mailbox as well.
notice as (
  insert into messaging.deliveries (business_id, cause, channel, target_id, period, payload, next_attempt_at, created_at, updated_at)
  select entry.business_id, 'account', 'email', c.id, 'reply-received ' || entry.message_id || to_char(r.at at time zone 'UTC', ' YYYY-MM-DD HH24'),
    jsonb_build_object('notice', 'reply-received', 'lead', entry.message_id), r.at, r.at, r.at
  from reply r
  cross join entry
  join public.message_channels c on c.business_id = entry.business_id and c.channel_type = 'email' and c.is_enabled
  where entry.channel = 'sms'
    and not exists (
      select from public.notification_preferences p where p.business_id = entry.business_id and not p.email_new_messages)
  on conflict do nothing
)
select case
    when exists (select from entry) then case when (select r.automatic from reply r) then 'automatic' else 'joined' end
    when exists (select from lead) then 'duplicate'
    when exists (select from taking_part) then 'ambiguous'
    when exists (select from candidate) then 'unknown-sender'
    else 'unmatched' end as result,
  (select cast(min(cast(e.business_id as text)) as text) from events e) as business
