-- The demo's webhook goes to this process, wherever that listens now.
update messaging.webhook_subscriptions
set url = :#webhookUrl, updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where business_id = (select f.business_id from public.funnels f where f.id = cast(:#${bean:demo?method=funnel} as uuid))
  and url like 'http://127.0.0.1:%/sandbox/webhook' and url <> :#webhookUrl
