-- Reserves the address of a hosted form until the transaction ends: false when another funnel has it. The caller does not learn
-- whose it is. What looks like the id of a funnel is refused for any other funnel, because a form is also found by its id.
-- Runs: called when a funnel is created or changed.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.claim_slug(wanted text, funnel uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if wanted is null then
    return true;
  end if;
  if wanted ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return wanted = funnel::text;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(wanted, 4));
  return not exists (select from messaging.funnel_settings s where s.slug = wanted and s.funnel_id <> funnel);
end $$;

revoke all on function messaging.claim_slug(text, uuid) from public, anon, authenticated;
grant execute on function messaging.claim_slug(text, uuid) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
