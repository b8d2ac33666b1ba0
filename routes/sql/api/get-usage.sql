-- What the caller's business has sent by SMS today and this month, beside its budgets: its own, or those configured. Parts that were reserved and not sent do not count.
with clock as (
  select cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#${bean:now?method=moment} as timestamptz) at time zone 'UTC' as utc,
    cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${bean:smsBudget?method=settings} as jsonb) as settings
),
period as (
  select unit, cast(date_trunc(unit, utc) as date) as begins_on, date_trunc(unit, utc) at time zone 'UTC' as begins_at,
    (date_trunc(unit, utc) + cast('1 ' || unit as interval)) at time zone 'UTC' as ends_at, business_id,
    nullif(coalesce(case unit when 'day' then l.per_day else l.per_month end,
      cast(settings ->> case unit when 'day' then 'perDay' else 'perMonth' end as integer)), 0) as budget,
    coalesce(l.reserve, cast(settings ->> 'reserve' as integer)) as reserve
  from clock cross join unnest(array['day', 'month']) unit
  left join messaging.sms_limits l using (business_id)
),
used as (
  select period.*, coalesce(u.messages, 0) - returned.messages as messages, coalesce(u.parts, 0) - returned.parts as parts,
    coalesce(u.cost, 0) - returned.cost as cost, coalesce(u.refused, 0) as refused
  from period
  left join messaging.sms_usage u on u.business_id = period.business_id and u.unit = period.unit and u.begins_on = period.begins_on
  cross join lateral (
    select count(*) as messages, coalesce(sum(c.parts), 0) as parts, coalesce(sum(c.cost), 0) as cost
    from messaging.sms_charges c
    where c.business_id = period.business_id and c.is_returned and c.charged_at >= period.begins_at and c.charged_at < period.ends_at) returned
),
shown as (
  select unit, json_build_object('beginsAt', messaging.iso(begins_at), 'endsAt', messaging.iso(ends_at), 'messages', messages, 'parts', parts,
    'cost', trim_scale(cost), 'refused', refused, 'budget', budget, 'reserve', budget - budget * (100 - reserve) / 100,
    'remaining', case when budget is not null then greatest(0, budget - parts) end) as usage
  from used
)
select cast(json_build_object('sms', json_build_object(
  'currency', clock.settings ->> 'currency',
  'pricePerPart', cast(clock.settings ->> 'price' as numeric),
  'countries', coalesce(
    (select to_jsonb(l.countries) from messaging.sms_limits l where l.business_id = clock.business_id), clock.settings -> 'countries'),
  'day', (select shown.usage from shown where shown.unit = 'day'),
  'month', (select shown.usage from shown where shown.unit = 'month'),
  'byCause', (
    select coalesce(json_object_agg(each.cause, each.parts order by each.cause), '{}')
    from (
      select c.cause, sum(c.parts) as parts from messaging.sms_charges c, period
      where period.unit = 'month' and c.business_id = period.business_id and not c.is_returned
        and c.charged_at >= period.begins_at and c.charged_at < period.ends_at
      group by c.cause) each))) as text) as usage
from clock
