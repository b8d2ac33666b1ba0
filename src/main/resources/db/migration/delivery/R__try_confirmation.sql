-- Uses up one try of the code that was sent last, and returns what it is compared with: the id that the code is made from. The state is
-- "open", "expired" or "used up"; without a row nothing waits for a code.
-- Runs: called in a commit of its own, before the code is compared: a wrong code rolls the operation back, and the try must count.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.try_confirmation(business uuid, member uuid, channel text, at timestamptz)
returns table (id uuid, address text, tries_left integer, state text) language plpgsql set search_path = '' as $$
begin
  return query
  with pending as (
    select c.id, c.tries_left, case when c.expires_at <= at then 'expired' when c.tries_left = 0 then 'used up' else 'open' end as state
    from messaging.confirmations c
    where c.business_id = business and c.member_id is not distinct from member and c.channel = try_confirmation.channel
      and c.confirmed_at is null and c.replaced_at is null
    for update
  )
  update messaging.confirmations c
  set tries_left = c.tries_left - case when pending.state = 'open' then 1 else 0 end
  from pending
  where c.id = pending.id
  returning c.id, c.address, cast(c.tries_left as integer), pending.state;
end $$;

revoke all on function messaging.try_confirmation(uuid, uuid, text, timestamptz) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
