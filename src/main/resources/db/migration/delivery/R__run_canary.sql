-- Begins a canary when one is due, ends the one under way, and deletes those of a day ago. One instance does that at a time; each learns how
-- canaries do. Returns `post`: the request that the caller is to make, as {id, body}, where one begins; `problem`: what keeps canaries
-- from beginning; and `missing`, `reason`, `since`, `endedAt` and `seconds` (by channel) of the last one that has ended.
-- Takes of `rules`: everySeconds, smsEverySeconds, and what set_up_canary() and end_canary() take.
-- Runs: called by a timer every few seconds, by any number of instances.

create or replace function messaging.run_canary(rules jsonb, at timestamptz) returns jsonb language plpgsql set search_path = '' as $$
declare
  canary messaging.canaries;
  business uuid;
  funnel uuid;
  problem text;
  by_sms boolean;
  begun uuid;
  post jsonb;
begin
  if pg_try_advisory_xact_lock(hashtextextended('canary', 69)) then
    for canary in select c.* from messaging.canaries c where c.ended_at is null loop
      perform messaging.end_canary(canary, rules, at);
    end loop;
    -- What did not arrive has been reported here, and is no undelivered notification of a business.
    update messaging.deliveries d set state = 'cancelled', held_reason = null, ended_at = at, updated_at = at
    from messaging.canaries c
    where c.ended_at is not null and c.message_id = d.message_id and d.cause = 'lead' and d.state in ('pending', 'held', 'failed', 'unknown');
    update public.messages m set unreached_since = null
    from messaging.canaries c
    where c.ended_at is not null and c.message_id = m.id and m.unreached_since is not null;
    -- Once an hour, because each time is an event of the live stream.
    if exists (select from messaging.canaries c where c.started_at < at - interval '25 hours' and c.message_id is not null) then
      perform messaging.forget_messages(coalesce((
        select array_agg(c.message_id) from messaging.canaries c where c.started_at < at - interval '24 hours' and c.message_id is not null), '{}'));
      update messaging.canaries c set message_id = null where c.started_at < at - interval '24 hours';
      delete from messaging.canaries c
      where c.started_at < at - interval '24 hours' and c.started_at < (select max(n.started_at) from messaging.canaries n);
    end if;
    if not exists (
        select from messaging.canaries c
        where c.ended_at is null or c.started_at > at - (rules ->> 'everySeconds')::integer * interval '1 second') then
      by_sms := (rules ->> 'sms') is not null and not exists (
        select from messaging.canaries c
        where 'sms' = any (c.channels) and c.started_at > at - (rules ->> 'smsEverySeconds')::integer * interval '1 second');
      select s.* into business, funnel, problem from messaging.set_up_canary(rules, by_sms, at) s;
      if problem is null then
        begun := gen_random_uuid();
        insert into messaging.canaries (id, business_id, funnel_id, channels, started_at)
        values (begun, business, funnel, array_remove(array[case when (rules ->> 'email') is not null then 'email' end,
          case when by_sms then 'sms' end, case when (rules ->> 'webhook') is not null then 'webhook' end], null), at);
        -- A contact of its own: of one that was there today the priority would stay.
        post := jsonb_build_object('id', begun, 'body', jsonb_build_object('funnelId', funnel, 'contactName', 'Canary',
          'contactEmail', 'canary-' || begun || '@canary.invalid', 'message', 'A test of the service by itself: ' || begun,
          'priority', case when by_sms then 'urgent' else 'medium' end));
      end if;
    end if;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('post', post, 'problem', problem)) || coalesce((
    select jsonb_strip_nulls(jsonb_build_object('missing', c.missing, 'reason', c.reason, 'since', messaging.iso(c.outage_since),
      'endedAt', messaging.iso(c.ended_at)))
    from messaging.canaries c where c.ended_at is not null order by c.started_at desc limit 1), '{}')
    || jsonb_build_object('seconds', coalesce((
      select jsonb_object_agg(s.key, s.value order by c.started_at) from messaging.canaries c cross join jsonb_each(c.seconds) s), '{}'));
end $$;

revoke all on function messaging.run_canary(jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.run_canary(jsonb, timestamptz) to messaging_worker;
