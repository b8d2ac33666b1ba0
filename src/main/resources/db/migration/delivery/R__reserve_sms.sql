-- Reserves parts of the SMS budgets for a batch of messages that are about to be sent, and returns the messages that must not be: to another
-- country, over the budget of the day or month, or too many to one number. Limits of the business (sms_limits) go before those given; a
-- refusal says which budget was meant. Urgent leads come first and may use the reserve. What is charged already in this round of
-- attempts costs nothing more. Mails the owner once when 50, 80 and 100 % of a budget are used.
-- In PL/pgSQL its plans are kept, so they must go by keys however small the tables were when they were made.
-- Runs: called once for each batch of the SMS channel, before its requests. The rows of a business are locked in order, so that two
-- instances never reserve the same part.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.reserve_sms(wanted jsonb, limits jsonb, at timestamptz)
returns table (sms uuid, because text, budget bigint, kept integer)
language plpgsql set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  per_recipient constant integer := limits ->> 'perRecipient';
  -- An instance of the version before has looked at the country itself, and gives none.
  configured_countries constant text[] := array(select jsonb_array_elements_text(coalesce(limits -> 'countries', '["ANY"]')));
  today constant date := cast(at at time zone 'UTC' as date);
  this_month constant date := cast(date_trunc('month', at at time zone 'UTC') as date);
  businesses constant uuid[] := array(select distinct cast(w ->> 'businessId' as uuid) from jsonb_array_elements(wanted) w);
begin
  insert into messaging.sms_usage (business_id, unit, begins_on)
  select b.id, period.unit, period.begins_on
  from public.businesses b
  cross join (values ('day', today), ('month', this_month)) period (unit, begins_on)
  where b.id = any (businesses)
  order by b.id, period.unit
  on conflict do nothing;
  perform from messaging.sms_usage u
  where u.business_id = any (businesses) and (u.unit = 'day' and u.begins_on = today or u.unit = 'month' and u.begins_on = this_month)
  order by u.business_id, u.unit
  for update;

  with returned as (
    delete from messaging.sms_charges c where c.business_id = any (businesses) and c.is_returned
    returning c.business_id, c.parts, c.cost, c.charged_at at time zone 'UTC' as charged
  ),
  less as (
    select returned.business_id, period.unit, period.begins_on, count(*) as messages, sum(returned.parts) as parts, sum(returned.cost) as cost
    from returned
    cross join lateral (values ('day', cast(charged as date)), ('month', cast(date_trunc('month', charged) as date))) period (unit, begins_on)
    group by returned.business_id, period.unit, period.begins_on
  )
  update messaging.sms_usage u
  set messages = u.messages - less.messages, parts = u.parts - less.parts, cost = u.cost - less.cost
  from less
  where u.business_id = less.business_id and u.unit = less.unit and u.begins_on = less.begins_on;

  return query
  with own as materialized (
    select b.id as business_id, coalesce(l.per_day, cast(limits ->> 'perDay' as bigint)) as per_day,
      coalesce(l.per_month, cast(limits ->> 'perMonth' as bigint)) as per_month,
      coalesce(l.reserve, cast(limits ->> 'reserve' as integer)) as reserve, 
      case when jsonb_exists(limits, 'countries') then coalesce(l.countries, configured_countries) else configured_countries end as countries
    from unnest(businesses) b (id)
    left join messaging.sms_limits l on l.business_id = b.id
  ),
  requested as materialized (
    select w.*, own.per_day, own.per_month, own.reserve, hashtextextended(w.recipient, 0) as number,
      exists (select from messaging.sms_charges c where c.delivery_id = w.id and c.attempts_before = w."attemptsBefore") as is_charged,
      not coalesce('ANY' = any (own.countries) or w.country = any (own.countries), false) as is_abroad
    from jsonb_to_recordset(wanted) as w (
      id uuid, "businessId" uuid, nth integer, urgent boolean, cause text, recipient text, parts integer, cost numeric,
      "attemptsBefore" integer, country text)
    join own on own.business_id = w."businessId"
  ),
  lately as materialized (
    select each.number, (
      select count(*) from messaging.sms_charges c
      where c.recipient = each.number and c.charged_at > at - interval '1 hour' and not c.is_returned) as messages
    from (select distinct requested.number from requested where per_recipient > 0) each
  ),
  screened as (
    select requested.*, case
      when is_abroad then 'country'
      when not is_charged and lately.messages + row_number() over (
        partition by requested.number, requested.is_abroad order by requested.urgent desc, requested.nth) > per_recipient
        then 'recipient' end as refusal
    from requested left join lately on lately.number = requested.number
  ),
  -- All parts that are wanted up to this message, also of those that turn out to be too many: the small ones behind a long one wait
  -- for the next batch.
  counted as (
    select screened.*, sum(case when refusal is null and not is_charged then parts else 0 end) over (
      partition by "businessId" order by urgent desc, nth) as so_far
    from screened
  ),
  decided as materialized (
    select counted.id, counted."businessId" as business_id, counted.cause, counted.number, counted.parts, counted.cost,
      counted."attemptsBefore" as attempts_before, refusal.reason, refusal.reason is null and not is_charged as is_new,
      counted.per_day, counted.per_month, counted.reserve
    from counted
    join messaging.sms_usage d on d.business_id = "businessId" and d.unit = 'day' and d.begins_on = today
    join messaging.sms_usage m on m.business_id = "businessId" and m.unit = 'month' and m.begins_on = this_month
    cross join lateral (select case when urgent then 100 else 100 - counted.reserve end as share) allowed
    cross join lateral (
      select case
        when refusal is not null then refusal
        when is_charged then null
        when per_day > 0 and d.parts + so_far > per_day * allowed.share / 100 then 'day'
        when per_month > 0 and m.parts + so_far > per_month * allowed.share / 100 then 'month' end as reason) refusal
  ),
  charged as (
    insert into messaging.sms_charges (delivery_id, business_id, attempts_before, cause, recipient, parts, cost, charged_at)
    select id, business_id, attempts_before, cause, number, parts, cost, at from decided where is_new
    on conflict (delivery_id) do update
    set attempts_before = excluded.attempts_before, parts = excluded.parts, cost = excluded.cost, is_returned = false,
      charged_at = excluded.charged_at
  ),
  sums as materialized (
    select business_id, count(*) filter (where is_new) as messages, coalesce(sum(parts) filter (where is_new), 0) as parts,
      coalesce(sum(cost) filter (where is_new), 0) as cost, count(*) filter (where reason in ('day', 'month')) as refused,
      coalesce(bool_or(reason = 'day'), false) as is_day_over, coalesce(bool_or(reason = 'month'), false) as is_month_over,
      max(decided.per_day) as per_day, max(decided.per_month) as per_month, max(decided.reserve) as reserve
    from decided group by business_id
  ),
  used as (
    update messaging.sms_usage u
    set messages = u.messages + sums.messages, parts = u.parts + sums.parts, cost = u.cost + sums.cost, refused = u.refused + sums.refused
    from sums
    where u.business_id = sums.business_id and (u.unit = 'day' and u.begins_on = today or u.unit = 'month' and u.begins_on = this_month)
      and (sums.messages > 0 or sums.refused > 0)
    returning u.business_id, u.unit, u.begins_on, u.parts, u.parts - sums.parts as parts_before,
      case u.unit when 'day' then sums.is_day_over else sums.is_month_over end as is_over,
      case u.unit when 'day' then sums.per_day else sums.per_month end as budget, sums.reserve
  ),
  reached as (
    select used.*, (
      select max(step) from unnest(cast(array[50, 80, 100] as bigint[])) step
      where 100 * used.parts >= step * used.budget and 100 * used.parts_before < step * used.budget or is_over and step = 100) as percent
    from used
    where used.budget > 0
  ),
  notices as (
    insert into messaging.deliveries (business_id, cause, channel, target_id, period, payload, next_attempt_at, created_at, updated_at)
    select reached.business_id, 'account', 'email', c.id, concat_ws(' ', 'sms-budget', unit, begins_on, percent),
      jsonb_build_object('notice', 'sms-budget', 'unit', unit, 'beginsOn', begins_on, 'percent', percent, 'parts', reached.parts,
        'budget', reached.budget, 'reserve', reached.reserve, 'isOver', percent = 100,
        'freeAt', messaging.iso(cast(begins_on + case unit when 'day' then interval '1 day' else interval '1 month' end as timestamp)
          at time zone 'UTC')),
      at, at, at
    from reached
    join public.message_channels c on c.business_id = reached.business_id and c.channel_type = 'email' and c.is_enabled
    where percent is not null
    on conflict do nothing
  )
  select decided.id, decided.reason, case decided.reason when 'day' then decided.per_day when 'month' then decided.per_month end,
    decided.reserve
  from decided where decided.reason is not null;
end $$;

revoke all on function messaging.reserve_sms(jsonb, jsonb, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
