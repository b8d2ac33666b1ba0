-- A short message that failed or was cancelled without being sent gives its parts back. It is only noted, because the budget of the
-- business may be locked: the next reservation takes it off (reserve_sms).
-- Runs: after an update that ends an SMS as failed or cancelled, unless the provider had taken it.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.return_sms() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update messaging.sms_charges c set is_returned = true
  where c.delivery_id = new.id and c.attempts_before = new.attempts_before
    -- A receipt may arrive before the response that it was taken.
    and not exists (select from messaging.delivery_receipts r where r.delivery_id = new.id and r.attempt > new.attempts_before);
  return null;
end $$;

revoke all on function messaging.return_sms() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger return_sms after update of state on messaging.deliveries
for each row when (new.channel = 'sms' and new.state in ('failed', 'cancelled') and old.state in ('pending', 'sending', 'held'))
execute function messaging.return_sms();
