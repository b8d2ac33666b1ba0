-- A business to try things with: one funnel, all three channels, the webhook to this process.
with fresh as (
  select cast('5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01' as uuid) as business_id, cast(:#${bean:demo?method=funnel} as uuid) as funnel_id
),
business as (
  insert into public.businesses (id, name) select business_id, 'Harbour Street Solar' from fresh
),
business_settings as (
  insert into messaging.business_settings (business_id, name, time_zone)
  select business_id, 'Harbour Street Solar', 'Australia/Sydney' from fresh
),
funnel as (
  insert into public.funnels (id, business_id, name) select funnel_id, business_id, 'Free roof check' from fresh
),
funnel_settings as (
  insert into messaging.funnel_settings (funnel_id, slug, title, intro)
  select funnel_id, 'demo', 'Talk to a solar expert', 'Leave your number and we call you back, usually within the hour.'
  from fresh
),
channels as (
  insert into public.message_channels (business_id, channel_type, config)
  select business_id, channel_type, config
  from fresh
  cross join (values
    ('email', jsonb_build_object('to', 'owner@harbour-street.example')),
    ('sms', jsonb_build_object('to', '+61491570156')),
    ('webhook', jsonb_build_object('url', cast(:#webhookUrl as text)))) as c (channel_type, config)
),
-- An urgent lead that is left alone climbs all steps while one looks on.
escalation as (
  insert into messaging.escalation_policies (business_id, position, name, priorities, unit, steps, repeats, repeat_after, created_at, updated_at)
  select business_id, 1, 'Urgent leads, in seconds', '{urgent}', 'seconds',
    '[{"after": 5, "notify": ["assignee"], "memberIds": [], "channels": ["email"]},
      {"after": 15, "notify": ["owners"], "memberIds": [], "channels": null},
      {"after": 30, "notify": ["everyone", "webhook"], "memberIds": [], "channels": null}]', 1, 15, clock.at, clock.at
  from fresh
  cross join (select cast(:#${bean:now?method=moment} as timestamptz) as at) clock
)
insert into public.notification_preferences (business_id) select business_id from fresh
