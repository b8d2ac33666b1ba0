-- Counts repeated requests on their leads, with a "message.seen_again" event for each: of one lead, or of all leads. A lead that
-- another transaction has locked is skipped; a timer counts it later, so a repeated request never waits.
-- Runs: called by count_seen_again, and by the timer that catches up with leads.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.count_repeats(lead uuid) returns bigint language sql set search_path = '' as $$
  with free as materialized (
    select m.id
    from (
      select distinct r.message_id from messaging.repeats r where lead is null or r.message_id = lead) waiting
    join public.messages m on m.id = waiting.message_id
    limit 500
    for no key update of m skip locked
  ),
  taken as (
    delete from messaging.repeats r using free where r.message_id = free.id returning r.id, r.message_id, r.repeated_at
  ),
  counted as (
    update public.messages m
    set seen_again = coalesce(m.seen_again, 0) + repeated.times
    from (select taken.message_id, count(*) as times from taken group by taken.message_id) repeated
    where m.id = repeated.message_id
    returning m.id, m.business_id, m.created_at, m.seen_again - repeated.times as before
  ),
  told as (
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    select c.business_id, c.id, 'message.seen_again',
      jsonb_build_object('times', c.before + 1 + row_number() over (partition by c.id order by t.id)), greatest(c.created_at, t.repeated_at)
    from taken t
    join counted c on c.id = t.message_id
    order by t.id
  )
  select count(*) from taken
$$;

revoke all on function messaging.count_repeats(uuid) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
