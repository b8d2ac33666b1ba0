-- A held lead that a person discarded owes nothing any more: that nobody is told of it is what was wanted, not a failure.

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
    and (n.channel in ('email', 'sms') or n.state in ('failed', 'cancelled') or n.outcome_unknown
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
      bool_or(d.state in ('pending', 'sending', 'held')
        or d.state in ('sent', 'delivered') and (not d.outcome_unknown or d.receipt_due_at is not null)) as hopeful
    from messaging.deliveries d
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

set local role none;
revoke create on schema messaging from messaging_worker;

-- What waits in quarantine has not failed to arrive: it is counted as held there, and a person sends it by releasing the lead.
create or replace function messaging.undelivered(at timestamptz) returns setof messaging.deliveries language sql stable as $$
  select d.* from messaging.deliveries d
  where d.state in ('held', 'failed') and d.held_reason is distinct from 'quarantine' and d.cause not in ('test', 'canary')
    and not exists (select from messaging.deliveries f where f.fallback_of = d.id)
  union all
  select d.* from messaging.deliveries d
  where d.state in ('pending', 'sending') and d.cause not in ('test', 'canary') and d.created_at < at - interval '5 minutes'
$$;
