-- Takes what is due in the target queues that have a quota under a lease, so that no other worker sends it too; a worker that dies lets the
-- lease run out. Rows that others hold are skipped, not waited for. A target with a rate limit is locked meanwhile: all instances together
-- send it no more than the limit allows. What rendering and sending need comes along.
-- Where nothing is sent twice, the claim itself must survive a crash of the database: it waits for the disk.
with durable as materialized (
  select set_config('synchronous_commit',
    case when cast(:#${variable.settings.resendWhenUnknown} as boolean) then 'off' else 'on' end, true) as setting
),
requested as materialized (
  select q.*
  from durable
  cross join jsonb_to_recordset(cast(:#${variable.quotas.json} as jsonb)) as q ("businessId" uuid, "queueId" uuid, most integer)
  where durable.setting <> ''
),
limited as materialized (
  select s.id, s.rate_limit, s.next_send_at
  from messaging.webhook_subscriptions s
  where :#${variable.channel} = 'webhook' and s.rate_limit is not null and s.id = any (array(select "queueId" from requested))
  for update skip locked
),
quota as (
  select q."businessId", q."queueId", target.state = 'on' as is_on, target.is_ordered,
    -- What another instance has locked is left to it.
    case when target.rate_limit is null then q.most
      else least(q.most, coalesce(
        messaging.rate_allows(limited.rate_limit, limited.next_send_at, cast(:#${bean:now?method=moment} as timestamptz)), 0)) end as most
  from requested q
  cross join lateral messaging.target(:#${variable.channel}, q."businessId", q."queueId") target
  left join limited on limited.id = q."queueId"
),
due as (
  select waiting.id
  from quota
  cross join lateral (
    select d.id
    from messaging.deliveries d
    where d.channel = :#${variable.channel} and d.business_id = quota."businessId" and d.lane = quota."queueId"
      and d.state in ('pending', 'sending')
      and coalesce(d.lease_until, d.next_attempt_at) <= cast(:#${bean:now?method=moment} as timestamptz)
      -- Whoever has switched a target off waits for nothing to be held.
      and (quota.is_on or messaging.is_asked_for(d.cause))
      and (not quota.is_ordered or not exists (
        select from messaging.deliveries earlier
        where earlier.message_id = d.message_id and earlier.channel = d.channel and earlier.lane = d.lane
          and earlier.state in ('pending', 'sending', 'held') and coalesce(earlier.event_id, 0) < coalesce(d.event_id, 0)))
      -- What was lost while sending is sent again where that is allowed, and not without end: the sweep ends it.
      and (d.state = 'pending' or cast(:#${variable.settings.resendWhenUnknown} as boolean)
        and d.lease_until <= cast(:#${bean:leases?method=lostBefore} as timestamptz)
        and d.attempts - d.attempts_before < least(d.attempt_limit, cast(:#${variable.settings.losses} as integer)))
    order by coalesce(d.lease_until, d.next_attempt_at)
    limit quota.most
    for update skip locked) waiting
),
-- By their ids, and each look-up for itself: however many are due, no plan reads a whole table.
claimed as (
  update messaging.deliveries d
  set state = 'sending', attempts = d.attempts + 1, leased_by = :#${bean:instance?method=name},
    lease_until = cast(:#${bean:now?method=moment} as timestamptz) + cast(:#${bean:lease?method=length} as interval),
    updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  where d.id = any (array(select due.id from due))
  returning d.*
),
counted as (
  update messaging.webhook_subscriptions s
  set next_send_at = messaging.rate_after(
    limited.rate_limit, limited.next_send_at, cast(:#${bean:now?method=moment} as timestamptz), taken.requests)
  from limited
  join (select claimed.lane, count(*) as requests from claimed group by claimed.lane) taken on taken.lane = limited.id
  where s.id = limited.id
)
-- An address that is corrected is used from the next attempt on: only what was given with the delivery stays with it.
select d.id, d.business_id, d.cause, d.channel, d.lane as queue_id,
  to_whom.recipient, unwanted.reason as suppression,
  d.attempts as attempt, d.attempts - d.attempts_before as round, coalesce(d.attempt_limit, 0) as attempt_limit, d.leased_by,
  cast(d.payload as text) as payload,
  cast(case
    when s.id is not null then json_build_object('url', s.url, 'headers', s.headers, 'payloadTemplate', s.payload_template,
      'authentication', s.authentication, 'secrets', (
      select json_agg(w.secret order by w.created_at desc) from messaging.webhook_secrets w
      where w.subscription_id = s.id and (w.expires_at is null or w.expires_at > cast(:#${bean:now?method=moment} as timestamptz))))
    when k.secret is not null then cast(c.config || jsonb_build_object('secretRecipient', k.secret) as json)
    when :#${variable.channel} = 'push' then (
      select json_build_object('device', p.device) from messaging.push_devices p where p.id = d.target_id)
    else cast(c.config as json) end as text) as target,
  m.message, m.funnel, cast(json_build_object('name', b.name, 'timeZone', b.time_zone) as text) as business,
  case when e.id is not null then cast(json_build_object('type', e.type, 'data', e.data, 'created_at', e.created_at) as text) end
    as event
from claimed d
cross join lateral (
  select coalesce(bs.name, to_jsonb(b) ->> 'name') as name, coalesce(bs.time_zone, 'UTC') as time_zone
  from public.businesses b
  left join messaging.business_settings bs on bs.business_id = b.id
  where b.id = d.business_id
  limit 1) b
left join lateral (select c.config from public.message_channels c where c.id = d.target_id limit 1) c on true
left join lateral (select k.* from messaging.channel_secrets k where k.channel_id = d.target_id limit 1) k on true
cross join lateral (
  select coalesce(case when d.cause in ('reply', 'account', 'test', 'notification', 'receipt') then d.recipient end, k.shown, c.config ->> 'to') as recipient
) to_whom
-- A mail that a person has asked for, such as a sign-in link, goes out all the same.
left join lateral (
  select u.reason from messaging.suppressions u
  where u.business_id = d.business_id and u.channel = d.channel and lower(u.address) = lower(to_whom.recipient)
    and (d.cause <> 'account' or d.payload ->> 'notice' = 'silence')
  limit 1) unwanted on true
left join lateral (select s.* from messaging.webhook_subscriptions s where s.id = d.target_id limit 1) s on true
left join lateral (
  select cast(json_build_object('id', m.id, 'business_id', m.business_id, 'funnel_id', m.funnel_id, 'type', m.type,
    'contact_name', m.contact_name, 'contact_phone', m.contact_phone, 'contact_phone_e164', m.contact_phone_e164,
    'contact_email', m.contact_email, 'subject', m.subject, 'message', m.message, 'priority', m.priority, 'metadata', m.metadata,
    'due_at', m.due_at, 'preferred_from', m.preferred_from, 'preferred_until', m.preferred_until, 'created_at', m.created_at) as text) as message,
    coalesce(fs.title, to_jsonb(f) ->> 'name') as funnel
  from public.messages m
  left join public.funnels f on f.id = m.funnel_id
  left join messaging.funnel_settings fs on fs.funnel_id = f.id
  where m.id = d.message_id
  limit 1) m on true
left join lateral (select e.* from messaging.message_events e where e.id = d.event_id limit 1) e on true
