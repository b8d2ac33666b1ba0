-- Sets what an operator allows a business by SMS instead of the configuration; where nothing is given, the configuration holds again. Only
-- for an API key with the scope limits:write, which no owner can make. With the worker's rights, because no caller may write the table.
-- Runs: called by the API operation that sets the limits.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.limit_sms(business uuid, key uuid, given jsonb, at timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from messaging.acting_for('key')
      -- An owner may do what a key may, and must not name the operator's.
      or nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role_in_app' is distinct from 'key' or not exists (
      select from messaging.api_keys k
      where k.id = limit_sms.key and k.business_id = business and 'limits:write' = any (k.scopes) and k.revoked_at is null) then
    raise 'Only the operator sets limits' using errcode = '42501';
  end if;
  insert into messaging.sms_limits (business_id, per_day, per_month, reserve, countries, updated_at)
  values (business, (given ->> 'perDay')::integer, (given ->> 'perMonth')::integer, (given ->> 'reserve')::smallint,
    case when jsonb_typeof(given -> 'countries') = 'array' then array(select jsonb_array_elements_text(given -> 'countries')) end, at)
  on conflict (business_id) do update
  set per_day = excluded.per_day, per_month = excluded.per_month, reserve = excluded.reserve, countries = excluded.countries,
    updated_at = excluded.updated_at;
  return true;
end $$;

revoke all on function messaging.limit_sms(uuid, uuid, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function messaging.limit_sms(uuid, uuid, jsonb, timestamptz) to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
