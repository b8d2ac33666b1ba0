-- The state of a delivery in the four words of public.messages.email_status and sms_status.
-- Runs: called by progress(), show_on_message() and show_on_messages().

create or replace function messaging.shown_status(state text) returns text language sql immutable as $$
  select case
    when state in ('delivered', 'sent') then state
    when state in ('pending', 'sending', 'held') then 'pending'
    else 'failed'
  end
$$;

revoke all on function messaging.shown_status(text) from public, anon, authenticated;
grant execute on function messaging.shown_status(text) to messaging_worker;
