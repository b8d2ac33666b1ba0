-- The member on duty at a moment; null while nobody is.
-- Runs: called by functions that notify or escalate.

create or replace function messaging.on_duty(business uuid, at timestamptz) returns uuid language sql stable set search_path = '' as $$
  select d.member from messaging.duty_spans(business, at, at) d limit 1
$$;

revoke all on function messaging.on_duty(uuid, timestamptz) from public, anon, authenticated;
grant execute on function messaging.on_duty(uuid, timestamptz) to authenticated, messaging_worker;
