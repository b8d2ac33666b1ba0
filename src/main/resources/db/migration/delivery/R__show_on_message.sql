-- A fallback delivery shows at once on its lead: email_status or sms_status becomes the best of that channel. (What the accept
-- statement inserts, it shows itself.)
-- Runs: after an insert of a fallback delivery of a lead by e-mail or SMS.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.show_on_message() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  best text;
begin
  -- One at a time per message, so that the last to look sees what the others wrote.
  perform from public.messages m where m.id = new.message_id for no key update;
  select messaging.shown_status(d.state) into best
  from messaging.deliveries d
  where d.message_id = new.message_id and d.channel = new.channel and d.cause = 'lead'
  order by array_position(array['delivered', 'sent', 'pending', 'failed'], messaging.shown_status(d.state))
  limit 1;
  if new.channel = 'email' then
    update public.messages m
    set email_status = best, updated_at = new.updated_at,
        email_sent_at = case when best in ('sent', 'delivered') then coalesce(m.email_sent_at, new.updated_at) else m.email_sent_at end
    where m.id = new.message_id and m.email_status is distinct from best;
  else
    update public.messages m
    set sms_status = best, updated_at = new.updated_at,
        sms_sent_at = case when best in ('sent', 'delivered') then coalesce(m.sms_sent_at, new.updated_at) else m.sms_sent_at end
    where m.id = new.message_id and m.sms_status is distinct from best;
  end if;
  return null;
end $$;

revoke all on function messaging.show_on_message() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger show_fallback_on_message after insert on messaging.deliveries
for each row when (new.cause = 'lead' and new.channel in ('email', 'sms') and new.fallback_of is not null)
execute function messaging.show_on_message();
