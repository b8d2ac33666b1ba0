-- An invitation is mailed in the commit that creates it. A trigger, because people who invite may not insert deliveries.
-- Runs: after an insert into messaging.invitations.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.send_invitation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into messaging.deliveries (business_id, cause, channel, recipient, period, attempt_limit, payload, next_attempt_at, created_at, updated_at)
  values (new.business_id, 'account', 'email', new.email, 'invitation ' || new.id, 6,
    jsonb_build_object('notice', 'invitation', 'link', new.id, 'by', new.invited_by, 'role', new.role, 'expiresAt', new.expires_at),
    new.created_at, new.created_at, new.created_at);
  return null;
end $$;

revoke all on function messaging.send_invitation() from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;

create or replace trigger goes_out after insert on messaging.invitations
for each row execute function messaging.send_invitation();
