-- The next thousand leads of an export, the newest first, behind the last row of those before. Each page is a transaction of its own,
-- so that a slow reader holds neither a connection nor an old snapshot of the database; no lead is in two pages, since none changes
-- its place. With each comes the clock of the business. Each lead is looked up by its key: the planner would read the whole table for a page.
-- Columns for people have the names of funnel and member, and where the lead came from.
select case when cast(:#${variable.input.values[columns]} as text) = 'readable'
    then cast(cast(messaging.shown(m.lead) as jsonb) || jsonb_build_object(
      'funnel', (select n.name from messaging.my_funnels('viewer') n where n.id = (m.lead).funnel_id),
      'assignee', coalesce((select b.email from messaging.business_members b
        where b.business_id = (m.lead).business_id and b.user_id = (m.lead).assigned_to), cast((m.lead).assigned_to as text)),
      'source', messaging.lead_source((m.lead).metadata, 'utm_source'),
      'campaign', messaging.lead_source((m.lead).metadata, 'utm_campaign')) as text)
    else cast(messaging.shown(m.lead) as text) end as lead,
 to_char(f.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment, f.id as id,
  (select s.time_zone from messaging.business_settings s where s.business_id = cast(:#${variable.caller.businessId} as uuid)) as zone
from messaging.find_messages(
  cast(:#${variable.input.filter} as jsonb) || jsonb_build_object('now', cast(:#${bean:now?method=moment} as text)),
  'newest', cast(:#${variable.lastMoment} as timestamptz), cast(:#${variable.lastId} as uuid), 1000) with ordinality as f (id, at, place)
cross join lateral (
  select l as lead from public.messages l where l.id = f.id and l.business_id = cast(:#${variable.caller.businessId} as uuid) limit 1) m
order by f.place
