-- Computes email_status, sms_status and unreached_since of these leads, which the caller has locked, and writes
-- "message.unreached" when no delivery can arrive any more. An archived lead is not called unreached, nor a lead that somebody had
-- acknowledged when its notifications were cancelled. In PL/pgSQL, because a function in SQL is planned anew at each call, which took
-- longer than the call. The plan is kept, so it must go by keys however small the tables were when it was made.
-- Runs: called by show_on_messages() and show_changes().

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_deliveries(leads uuid[], at timestamptz) returns void language plpgsql
set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  with best as (
    select d.message_id,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'email')] as email,
      (array['failed', 'pending', 'sent', 'delivered'])[max(messaging.progress(d.state)) filter (where d.channel = 'sms')] as sms,
      bool_or(d.state in ('pending', 'sending', 'held', 'sent', 'delivered')) as hopeful, bool_and(d.state = 'cancelled') as is_cancelled
    from (
      select each.message_id, each.channel, each.cause, messaging.hoped(each.state, each.receipt_due_at) as state
      from messaging.deliveries each) d
    where d.message_id = any (leads) and d.cause = 'lead'
    group by d.message_id
  ),
  shown as (
    update public.messages m
    set email_status = coalesce(best.email, m.email_status), sms_status = coalesce(best.sms, m.sms_status),
      email_sent_at = case when best.email in ('sent', 'delivered') then coalesce(m.email_sent_at, at) else m.email_sent_at end,
      sms_sent_at = case when best.sms in ('sent', 'delivered') then coalesce(m.sms_sent_at, at) else m.sms_sent_at end,
      unreached_since = case when not hope.there_is then coalesce(m.unreached_since, at) end,
      updated_at = at
    from best
    join public.messages before on before.id = best.message_id
    cross join lateral (
      select best.hopeful or before.unreached_since is null
        and (before.status = 'archived' or best.is_cancelled and before.acknowledged_at is not null) as there_is) hope
    where m.id = best.message_id
      and (m.email_status is distinct from coalesce(best.email, m.email_status)
        or m.sms_status is distinct from coalesce(best.sms, m.sms_status)
        or (m.unreached_since is null) <> hope.there_is)
    returning m.id, m.business_id, before.unreached_since is null and m.unreached_since is not null as lost
  )
  insert into messaging.message_events (business_id, message_id, type, created_at)
  select business_id, id, 'message.unreached', at from shown where lost;
end $$;

revoke all on function messaging.show_deliveries(uuid[], timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
