-- Changes what was given of what a business is told by its channels, and nothing else; where nothing of it was, there is nothing to do.
with input as (
  select body -> 'email' as email, body -> 'sms' as sms
  from (select cast(:#${variable.input.body} as jsonb) as body) given
  where jsonb_exists_any(body, '{email,sms}')
),
empty as (
  insert into messaging.business_settings (business_id, email_empty_summary, created_at)
  select cast(:#${variable.caller.businessId} as uuid), cast(email ->> 'emptySummary' as boolean), cast(:#${bean:now?method=moment} as timestamptz)
  from input
  where jsonb_exists(email, 'emptySummary')
  on conflict (business_id) do update set email_empty_summary = excluded.email_empty_summary
)
insert into public.notification_preferences as p (business_id, email_new_messages, email_daily_summary, email_weekly_summary,
  sms_urgent_only, updated_at)
select cast(:#${variable.caller.businessId} as uuid), coalesce(cast(email ->> 'newMessages' as boolean), true),
  coalesce(cast(email ->> 'dailySummary' as boolean), true), coalesce(cast(email ->> 'weeklySummary' as boolean), true),
  coalesce(cast(sms ->> 'urgentOnly' as boolean), false), cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id) do update
set (email_new_messages, email_daily_summary, email_weekly_summary, sms_urgent_only, updated_at) = (
  select coalesce(cast(email ->> 'newMessages' as boolean), p.email_new_messages),
    coalesce(cast(email ->> 'dailySummary' as boolean), p.email_daily_summary),
    coalesce(cast(email ->> 'weeklySummary' as boolean), p.email_weekly_summary),
    coalesce(cast(sms ->> 'urgentOnly' as boolean), p.sms_urgent_only), excluded.updated_at
  from input)
