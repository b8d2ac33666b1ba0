-- What is known of a delivery that was sent, and where each attempt of it went.

-- Where an attempt went. A delivery keeps an address of its own only where one was given with it.
alter table messaging.delivery_attempts add column recipient text;

create or replace function messaging.shown(d messaging.deliveries) returns json language sql stable as $$
  select json_build_object(
    'id', d.id, 'cause', d.cause, 'channel', d.channel, 'state', d.state, 'messageId', d.message_id, 'targetId', d.target_id,
    'recipient', coalesce(
      (select a.recipient from messaging.delivery_attempts a where a.delivery_id = d.id order by a.id desc limit 1), d.recipient),
    'fallbackOf', d.fallback_of, 'attempts', d.attempts,
    'nextAttemptAt', case when d.state = 'pending' then messaging.iso(d.next_attempt_at) end,
    'provider', d.provider, 'providerRef', d.provider_ref, 'outcomeUnknown', d.outcome_unknown, 'heldReason', d.held_reason,
    'lastError', d.last_error, 'createdAt', messaging.iso(d.created_at), 'updatedAt', messaging.iso(d.updated_at),
    'endedAt', messaging.iso(d.ended_at))
$$;

-- What was sent and may or may not have arrived is a state of its own: nobody may take it for sent. Until a receipt is overdue it is
-- open; after that the next channel takes over, and it counts as undelivered.
alter table messaging.deliveries drop constraint deliveries_state_check;
alter table messaging.deliveries add constraint deliveries_state_check
  check (state in ('pending', 'sending', 'held', 'sent', 'delivered', 'unknown', 'failed', 'cancelled'));
drop index messaging.deliveries_undelivered;
create index deliveries_undelivered on messaging.deliveries (business_id, channel) where state in ('held', 'failed', 'unknown');
drop index messaging.deliveries_state;
create index deliveries_state on messaging.deliveries (business_id, state)
  where state in ('held', 'failed', 'unknown', 'cancelled') and message_id is not null;

-- What a message may show of it: as long as a receipt may tell it is pending, and then, as far as anybody knows, it did not arrive.
create function messaging.hoped(state text, receipt_due_at timestamptz) returns text language sql immutable as $$
  select case when state = 'unknown' then case when receipt_due_at is null then 'failed' else 'pending' end else state end
$$;
revoke all on function messaging.hoped(text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.hoped(text, timestamptz) to messaging_worker;

-- In the figures it counts with what has failed.
create or replace function messaging.delivery_figures_of(business uuid, zone text, first date, last date)
returns table (day date, funnel_id uuid, priority text, channel text, accepted integer, waiting integer, sent integer, delivered integer,
  failed integer, cancelled integer) language sql stable as $$
  select (m.created_at at time zone zone)::date, m.funnel_id, m.priority, d.channel, count(*)::integer,
    count(*) filter (where d.state in ('pending', 'sending', 'held'))::integer, count(*) filter (where d.state = 'sent')::integer,
    count(*) filter (where d.state = 'delivered')::integer, count(*) filter (where d.state in ('failed', 'unknown'))::integer,
    count(*) filter (where d.state = 'cancelled')::integer
  from public.messages m
  cross join lateral (
    select d.channel, d.state from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' offset 0) d
  where m.business_id = business and m.type = 'callback_request' and m.quarantined_at is null
    and m.created_at >= (first::timestamp at time zone zone) - interval '3 hours'
    and m.created_at < ((last + 1)::timestamp at time zone zone) + interval '3 hours'
    and (m.created_at at time zone zone)::date between first and last
  group by 1, 2, 3, 4
$$;

create or replace function messaging.undelivered(at timestamptz) returns setof messaging.deliveries language sql stable as $$
  select d.* from messaging.deliveries d
  where d.state in ('held', 'failed', 'unknown') and d.held_reason is distinct from 'quarantine' and d.cause not in ('test', 'canary')
    and not exists (select from messaging.deliveries f where f.fallback_of = d.id)
  union all
  select d.* from messaging.deliveries d
  where d.state in ('pending', 'sending') and d.cause not in ('test', 'canary') and d.created_at < at - interval '5 minutes'
$$;

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_on_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved uuid[];
  at timestamptz;
begin
  select array_agg(distinct n.message_id order by n.message_id), max(n.updated_at) into moved, at
  from new_rows n
  join old_rows o on o.id = n.id
  where n.cause = 'lead'
    and (messaging.shown_status(n.state) <> messaging.shown_status(o.state) or n.outcome_unknown <> o.outcome_unknown
      or (n.receipt_due_at is null) <> (o.receipt_due_at is null))
    and not exists (select from public.messages m where m.id = n.message_id and m.quarantined_at is not null and m.status = 'archived')
    and (n.channel in ('email', 'sms') or n.state in ('failed', 'cancelled', 'unknown')
      or exists (select from public.messages m where m.id = n.message_id and m.unreached_since is not null));
  if moved is null then
    return null;
  end if;
  -- One at a time per message, in one order, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = any (moved) order by m.id for no key update;
  with best as (
    select d.message_id,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'email')] as email,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'sms')] as sms,
      bool_or(d.state in ('pending', 'sending', 'held', 'sent', 'delivered')) as hopeful
    from (
      select each.message_id, each.channel, each.cause, messaging.hoped(each.state, each.receipt_due_at) as state
      from messaging.deliveries each) d
    where d.message_id = any (moved) and d.cause = 'lead'
    group by d.message_id
  ),
  shown as (
    update public.messages m
    set email_status = coalesce(best.email, m.email_status), sms_status = coalesce(best.sms, m.sms_status),
      email_sent_at = case when best.email in ('sent', 'delivered') then coalesce(m.email_sent_at, at) else m.email_sent_at end,
      sms_sent_at = case when best.sms in ('sent', 'delivered') then coalesce(m.sms_sent_at, at) else m.sms_sent_at end,
      unreached_since = case when not best.hopeful then coalesce(m.unreached_since, at) end,
      updated_at = at
    from best, public.messages before
    where m.id = best.message_id and before.id = m.id
      and (m.email_status is distinct from coalesce(best.email, m.email_status)
        or m.sms_status is distinct from coalesce(best.sms, m.sms_status)
        or (m.unreached_since is null) <> best.hopeful)
    returning m.id, m.business_id, before.unreached_since is null and m.unreached_since is not null as lost
  )
  insert into messaging.message_events (business_id, message_id, type, created_at)
  select business_id, id, 'message.unreached', at from shown where lost;
  return null;
end $$;

-- Those of before, which were called sent; nobody is told of them anew.
select set_config('messaging.announced', 'deliveries', true);
update messaging.deliveries set state = 'unknown' where state = 'sent' and outcome_unknown;
select set_config('messaging.announced', '', true);

set local role none;
revoke create on schema messaging from messaging_worker;

drop trigger fall_back on messaging.deliveries;
create trigger fall_back after update of state, receipt_due_at on messaging.deliveries
for each row when (
  new.cause in ('lead', 'reply')
  and (new.state = 'failed' and old.state <> 'failed'
    or new.state = 'unknown' and new.receipt_due_at is null and (old.state <> 'unknown' or old.receipt_due_at is not null)))
execute function messaging.fall_back();
