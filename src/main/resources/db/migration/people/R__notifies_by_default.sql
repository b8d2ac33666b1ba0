-- Whether a member who has said nothing is notified of an event on a channel. Of a new lead the channels of the business notify; a phone
-- or browser that was registered for push rings; an SMS costs money, so only an escalation sends one.
-- Runs: called by wants() and by the operation that shows the preferences.

create or replace function messaging.notifies_by_default(event text, channel text) returns boolean language sql immutable as $$
  select case notifies_by_default.channel
    when 'push' then true
    when 'email' then event in ('assigned', 'escalated', 'reminder', 'overdue', 'mentioned')
    when 'sms' then event = 'escalated'
    else false
  end
$$;

revoke all on function messaging.notifies_by_default(text, text) from public, anon, authenticated;
grant execute on function messaging.notifies_by_default(text, text) to authenticated, messaging_worker;
