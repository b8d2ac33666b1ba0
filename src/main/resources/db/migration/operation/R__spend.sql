-- Counts what the caller's business has used today of a budget, and says whether that is within it (0: no limit). Deletes counts
-- from before yesterday.
-- Runs: called by the API operations that cost money or write to strangers.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.spend(wanted text, amount integer, most integer, at timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  total integer;
begin
  insert into messaging.budget_use as b (business_id, day, budget, used)
  values (messaging.chosen_business(), (at at time zone 'UTC')::date, wanted, amount)
  on conflict (business_id, budget, day) do update set used = b.used + excluded.used
  returning b.used into total;
  delete from messaging.budget_use b
  where b.business_id = messaging.chosen_business() and b.budget = wanted and b.day < (at at time zone 'UTC')::date - 1;
  return most = 0 or total <= most;
end $$;

revoke all on function messaging.spend(text, integer, integer, timestamptz) from public, anon, authenticated;
grant execute on function messaging.spend(text, integer, integer, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
