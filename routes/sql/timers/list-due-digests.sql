-- Whose digest of one kind is due: fifty at most, with commas between them, and null when there is none. What its own clock says is asked
-- of each business; one whose time zone the database does not know is due as well, so that it is found out, and named. Those that have
-- failed a moment ago are left out.
with moment as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#kind as text) as kind, cast(:#at as time) as time_of_day
),
business as (
  select b.id as business_id, coalesce(s.time_zone, 'UTC') as zone, coalesce(s.created_at, c.created_at) as since, moment.*
  from moment
  cross join public.businesses b
  join public.message_channels c on c.business_id = b.id and c.channel_type = 'email' and c.is_enabled
  left join messaging.business_settings s on s.business_id = b.id
  left join public.notification_preferences p on p.business_id = b.id
  where case moment.kind when 'daily' then coalesce(p.email_daily_summary, true) else coalesce(p.email_weekly_summary, true) end
    and b.id <> all (cast(:#${bean:digestTroubles?method=named(${header.kind})} as uuid[]))
),
zone as materialized (
  select used.zone, case when messaging.knows_zone(used.zone) then used.zone end as known from (select distinct business.zone from business) used
),
due as (
  select business.business_id
  from business
  -- Of an unknown one everything is null, wherever the planner reckons it.
  join zone on zone.zone = business.zone
  cross join lateral (select (at at time zone zone.known) - cast(time_of_day as interval) as shifted) clock
  cross join lateral (
    select cast(date_trunc(case kind when 'daily' then 'day' else 'week' end, clock.shifted) as date) as day) local
  where since < (local.day + time_of_day) at time zone zone.known
    and not exists (
      select from messaging.digest_runs r
      where r.business_id = business.business_id and r.kind = business.kind
        and r.period = case business.kind when 'daily' then to_char(local.day, 'YYYY-MM-DD') else to_char(local.day, 'IYYY-"W"IW') end)
  union all
  select business.business_id from business join zone on zone.zone = business.zone and zone.known is null
)
select string_agg(cast(next.business_id as text), ',') as businesses from (select due.business_id from due limit 50) next
