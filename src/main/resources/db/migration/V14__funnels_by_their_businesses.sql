-- What a business needs to set up its funnels by itself.

-- Two forms cannot have one address, whosever they are: a caller is told so, and not whose the other one is. It is theirs until
-- their transaction ends. A form is found by its id as well, so nobody may choose what looks like the id of another one.
create function messaging.claim_slug(wanted text, funnel uuid) returns boolean language plpgsql security definer set search_path = '' as $$
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

-- A browser that asks before it sends names its origin only.
create index funnel_origins_origin on messaging.funnel_origins (origin);

revoke all on function messaging.claim_slug(text, uuid) from public, anon, authenticated;
grant execute on function messaging.claim_slug(text, uuid) to authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.claim_slug(text, uuid) owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
