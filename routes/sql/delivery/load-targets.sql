-- What sending to these targets needs, each by its key: the same as claim-deliveries.sql reads for each delivery.
select t.channel, t."queueId" as queue_id, t."businessId" as business_id, t."funnelId" as funnel_id,
  coalesce(k.shown, c.config ->> 'to') as recipient, coalesce(s.url, case when starts_with(k.shown, 'http') then k.shown end) as url, (
    select u.reason from messaging.suppressions u
    where u.business_id = t."businessId" and u.channel = t.channel and lower(u.address) = lower(c.config ->> 'to')) as suppression,
  cast(case
    when s.id is not null then json_build_object('url', s.url, 'headers', s.headers, 'payloadTemplate', s.payload_template,
      'authentication', s.authentication, 'secrets', (
      select json_agg(w.secret order by w.created_at desc) from messaging.webhook_secrets w
      where w.subscription_id = s.id and (w.expires_at is null or w.expires_at > cast(:#${bean:now?method=moment} as timestamptz))))
    when k.secret is not null then cast(c.config || jsonb_build_object('secretRecipient', k.secret) as json)
    else cast(c.config as json) end as text) as target,
  cast(json_build_object('name', b.name, 'timeZone', b.time_zone) as text) as business, f.title as funnel
from jsonb_to_recordset(cast(:#targets as jsonb)) as t (channel text, "queueId" uuid, "businessId" uuid, "funnelId" uuid)
cross join lateral (
  select coalesce(bs.name, to_jsonb(b) ->> 'name') as name, coalesce(bs.time_zone, 'UTC') as time_zone
  from public.businesses b
  left join messaging.business_settings bs on bs.business_id = b.id
  where b.id = t."businessId"
  limit 1) b
left join lateral (
  select coalesce(fs.title, to_jsonb(f) ->> 'name') as title
  from public.funnels f
  left join messaging.funnel_settings fs on fs.funnel_id = f.id
  where f.id = t."funnelId"
  limit 1) f on true
left join lateral (select c.config from public.message_channels c where c.id = t."queueId" limit 1) c on true
left join lateral (select k.* from messaging.channel_secrets k where k.channel_id = t."queueId" limit 1) k on true
left join lateral (select s.* from messaging.webhook_subscriptions s where s.id = t."queueId" limit 1) s on true
