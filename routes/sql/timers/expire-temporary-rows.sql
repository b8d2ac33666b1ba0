-- Notes that hold for a while and mean nothing afterwards: what requests were answered, who asked lately, how people had signed in, which
-- codes were replaced, what could be undone, and which SMS were charged on which day; the months stay.
with clock as (
  select cast(:#${bean:now?method=moment} as timestamptz) - interval '24 hours' as a_day_ago,
    cast(:#${bean:now?method=moment} as timestamptz) - interval '30 days' as a_month_ago, cast(:#${bean:retention?method=batch} as integer) as most
),
answers as (
  delete from messaging.idempotency_keys k
  where (k.business_id, k.operation, k.key) in (
    select old.business_id, old.operation, old.key from messaging.idempotency_keys old, clock
    where old.created_at < clock.a_day_ago limit (select most from clock))
  returning 1
),
keys as (
  delete from messaging.submitted_keys k
  where (k.funnel_id, k.key) in (
    select old.funnel_id, old.key from messaging.submitted_keys old, clock
    where old.submitted_at < clock.a_day_ago limit (select most from clock))
  returning 1
),
requests as (
  delete from messaging.recent_requests r
  where (r.funnel_id, r.contact) in (
    select old.funnel_id, old.contact from messaging.recent_requests old, clock
    where old.requested_at < clock.a_day_ago limit (select most from clock))
  returning 1
),
links as (
  delete from messaging.sign_in_links l
  where l.id in (
    select old.id from messaging.sign_in_links old, clock
    where old.expires_at < clock.a_month_ago limit (select most from clock))
  returning 1
),
sessions as (
  delete from messaging.sessions s
  where s.id in (
    select old.id from messaging.sessions old, clock
    where least(old.ended_at, old.expires_at) < clock.a_month_ago limit (select most from clock))
  returning 1
),
codes as (
  delete from messaging.confirmations c
  where c.id in (
    select old.id from messaging.confirmations old, clock
    where old.replaced_at is not null and old.created_at < clock.a_day_ago limit (select most from clock))
  returning 1
),
charges as (
  delete from messaging.sms_charges s
  where s.delivery_id in (
    select old.delivery_id from messaging.sms_charges old, clock
    where old.charged_at < clock.a_month_ago - interval '2 months' limit (select most from clock))
  returning 1
),
changes as (
  delete from messaging.undoable_changes u
  where u.id in (
    select old.id from messaging.undoable_changes old, clock
    where old.made_at < clock.a_day_ago + interval '23 hours' limit (select most from clock))
  returning 1
),
usage as (
  delete from messaging.sms_usage u
  where (u.business_id, u.unit, u.begins_on) in (
    select old.business_id, old.unit, old.begins_on from messaging.sms_usage old, clock
    where old.unit = 'day' and old.begins_on < clock.a_month_ago - interval '2 years' limit (select most from clock))
  returning 1
)
select (select count(*) from answers) + (select count(*) from keys) + (select count(*) from requests) + (select count(*) from links)
  + (select count(*) from sessions) + (select count(*) from codes) + (select count(*) from charges) + (select count(*) from usage)
  + (select count(*) from changes)
