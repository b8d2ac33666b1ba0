-- Ends a canary that has arrived by all its channels, or that has had its time, and mails the operator once when an outage begins and once
-- when it is over. An outage of SMS is not over because a canary without SMS arrived.
-- Takes of `rules`: timeoutSeconds, operator (an address, or null).
-- Runs: called by run_canary().

create or replace function messaging.end_canary(canary messaging.canaries, rules jsonb, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  before messaging.canaries;
  step text;
  why text;
  took jsonb;
  since timestamptz;
begin
  select coalesce(jsonb_object_agg(d.channel, round(extract(epoch from coalesce(d.ended_at, d.updated_at) - canary.started_at), 1)), '{}')
  into took
  from messaging.deliveries d
  where d.message_id = canary.message_id and d.cause = 'lead' and d.state in ('sent', 'delivered');
  if canary.message_id is null then
    step := 'accepted';
    why := coalesce(canary.response, 'No response.');
  elsif not exists (select from public.messages m where m.id = canary.message_id) then
    step := 'stored';
    why := 'The lead was accepted, and is not in the database.';
  else
    select c.channel,
      coalesce((
        select concat_ws(': ', d.state, coalesce(d.held_reason, d.last_error))
        from messaging.deliveries d
        where d.message_id = canary.message_id and d.cause = 'lead' and d.channel = c.channel
        order by d.created_at desc limit 1), 'There is no delivery.')
    into step, why
    from unnest(canary.channels) with ordinality c (channel, position)
    where (took ->> c.channel) is null
    order by c.position limit 1;
  end if;
  if step is not null and at < canary.started_at + (rules ->> 'timeoutSeconds')::integer * interval '1 second' then
    return;
  end if;
  select c.* into before from messaging.canaries c where c.ended_at is not null order by c.started_at desc limit 1;
  since := before.outage_since;
  if step is null and before.missing = 'sms' and not 'sms' = any (canary.channels) and (rules ->> 'sms') is not null then
    step := before.missing;
    why := before.reason;
  elsif step is not null then
    since := coalesce(since, canary.started_at);
  end if;
  update messaging.canaries c
  set ended_at = at, missing = step, reason = left(why, 500), outage_since = case when step is not null then since end, seconds = took
  where c.id = canary.id;
  if (rules ->> 'operator') is not null and since is not null then
    insert into messaging.deliveries (business_id, cause, channel, recipient, period, payload, next_attempt_at, created_at, updated_at)
    values (canary.business_id, 'account', 'email', rules ->> 'operator',
      concat_ws(' ', 'canary', case when step is null then 'over' end, messaging.iso(since)),
      jsonb_build_object('notice', 'canary', 'isOver', step is null, 'since', messaging.iso(since), 'missing', coalesce(step, before.missing),
        'why', coalesce(why, before.reason)),
      at, at, at)
    on conflict do nothing;
  end if;
end $$;

revoke all on function messaging.end_canary(messaging.canaries, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.end_canary(messaging.canaries, jsonb, timestamptz) to messaging_worker;
