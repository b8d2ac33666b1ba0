-- Changes what was given of how the caller is told on their own screen and what they are notified of, and nothing else; where nothing of it
-- was, there is nothing to do. A time zone of null is the business's.
with input as (
  select body -> 'screen' as screen, body -> 'personal' as own, coalesce(body -> 'personal' -> 'summary', '{}') as summary,
    coalesce(body -> 'personal' -> 'events', '{}') as events
  from (select cast(:#${variable.input.body} as jsonb) as body) given
  where jsonb_exists_any(body, '{screen,personal}')
)
insert into messaging.personal_preferences as p (business_id, person_id, show_badge, show_toast, sound, events, sms_urgent_only,
  daily_summary, weekly_summary, summary_hour, summary_weekday, time_zone, updated_at)
select cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid), cast(screen ->> 'badge' as boolean),
  cast(screen ->> 'toast' as boolean), screen ->> 'sound', events, cast(own ->> 'smsUrgentOnly' as boolean),
  cast(summary ->> 'daily' as boolean), cast(summary ->> 'weekly' as boolean), cast(summary ->> 'hour' as smallint),
  cast(summary ->> 'weekday' as smallint), nullif(cast(:#${variable.timeZone} as text), ''), cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id, person_id) do update
set (show_badge, show_toast, sound, events, sms_urgent_only, daily_summary, weekly_summary, summary_hour, summary_weekday, time_zone,
    updated_at) = (
  select coalesce(excluded.show_badge, p.show_badge), coalesce(excluded.show_toast, p.show_toast), coalesce(excluded.sound, p.sound),
    p.events || coalesce((
      select jsonb_object_agg(e.key, coalesce(p.events -> e.key, '{}') || e.value) from jsonb_each(excluded.events) e), '{}'),
    coalesce(excluded.sms_urgent_only, p.sms_urgent_only), coalesce(excluded.daily_summary, p.daily_summary),
    coalesce(excluded.weekly_summary, p.weekly_summary), coalesce(excluded.summary_hour, p.summary_hour),
    coalesce(excluded.summary_weekday, p.summary_weekday),
    case when jsonb_exists(summary, 'timeZone') then excluded.time_zone else p.time_zone end, excluded.updated_at
  from input)
