-- What a business is told by its channels, how the caller is told on their own screen, and what they are notified of themselves; what
-- nobody has said is as it is for everybody who begins.
select cast(json_build_object(
  'email', json_build_object('newMessages', coalesce(p.email_new_messages, true), 'dailySummary', coalesce(p.email_daily_summary, true),
    'weeklySummary', coalesce(p.email_weekly_summary, true), 'emptySummary', coalesce(s.email_empty_summary, false)),
  'sms', json_build_object('urgentOnly', coalesce(p.sms_urgent_only, false)),
  'screen', json_build_object('badge', coalesce(mine.show_badge, p.show_badge, true), 'toast', coalesce(mine.show_toast, p.show_toast, true),
    'sound', coalesce(mine.sound, 'once')),
  'personal', json_build_object(
    'events', (
      select json_object_agg(e.name, (
          select json_object_agg(c.name, case mine.events -> e.name ->> c.name
            when 'true' then true when 'false' then false else messaging.notifies_by_default(e.name, c.name) end order by c.place)
          from unnest(array['email', 'sms', 'push']) with ordinality as c (name, place)) order by e.place)
      from unnest(array['new_lead', 'assigned', 'escalated', 'reminder', 'overdue', 'summary']) with ordinality as e (name, place)),
    'smsUrgentOnly', coalesce(mine.sms_urgent_only, false),
    'summary', json_build_object('daily', coalesce(mine.daily_summary, false), 'weekly', coalesce(mine.weekly_summary, false),
      'hour', coalesce(mine.summary_hour, 8), 'weekday', coalesce(mine.summary_weekday, 1), 'timeZone', mine.time_zone))) as text) as preferences
from (select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.caller.id} as uuid) as person_id) caller
left join public.notification_preferences p on p.business_id = caller.business_id
left join messaging.business_settings s on s.business_id = caller.business_id
left join messaging.personal_preferences mine on mine.business_id = caller.business_id and mine.person_id = caller.person_id
