-- Creates a funnel for the caller's business and returns its id; 'elsewhere' where the table is the platform's, which creates its
-- own funnels; 'full' at 100 funnels.
-- Runs: called by the API operation that creates a funnel.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.add_funnel(named text, at timestamptz) returns text language plpgsql security definer set search_path = '' as $$
declare
  business uuid := messaging.acting_for('key');
  made uuid := gen_random_uuid();
begin
  if business is null then
    return null;
  end if;
  if not has_table_privilege('public.funnels', 'insert') then
    return 'elsewhere';
  end if;
  -- Two that count at once would both find room.
  perform pg_advisory_xact_lock(hashtextextended(business::text, 7));
  if (select count(*) from public.funnels f where f.business_id = business) >= 100 then
    return 'full';
  end if;
  insert into public.funnels (id, business_id, name, created_at) values (made, business, named, at);
  return made::text;
end $$;

revoke all on function messaging.add_funnel(text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.add_funnel(text, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
