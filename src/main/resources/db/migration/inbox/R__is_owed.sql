-- Whether a lead is still being delivered, or nobody was ever notified of it: then it is kept, however old it is.
-- Runs: called by forget_expired(), and by the statement that archives expired leads.

create or replace function messaging.is_owed(m public.messages) returns boolean language sql stable as $$
  select exists (select from messaging.deliveries d where d.message_id = m.id and d.state in ('pending', 'sending'))
    or m.status = 'unread' and m.quarantined_at is null
      and not exists (select from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' and d.state in ('sent', 'delivered'))
$$;

revoke all on function messaging.is_owed(public.messages) from public, anon, authenticated;
grant execute on function messaging.is_owed(public.messages) to messaging_worker;
