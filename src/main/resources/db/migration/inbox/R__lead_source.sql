-- Where a lead came from: utm_source, utm_campaign and the like of its form data, in lower case and at most 100 characters long. The widget
-- stores them beside the other data, a form post under "form".
-- Runs: called by lead_figures_of(), and by the condition of a filter of leads.

create or replace function messaging.lead_source(metadata jsonb, name text) returns text language sql immutable parallel safe as $$
  select nullif(left(lower(btrim(coalesce(metadata ->> name, metadata -> 'form' ->> name))), 100), '')
$$;

revoke all on function messaging.lead_source(jsonb, text) from public, anon, authenticated;
grant execute on function messaging.lead_source(jsonb, text) to authenticated, messaging_worker;
