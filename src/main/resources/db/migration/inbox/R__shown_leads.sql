-- Leads of a business as the API shows them, in the order of their ids. A function, because PL/pgSQL keeps its plan: planning how a lead
-- is shown takes longer than showing a page. Each lead is looked up by its key: the planner would otherwise read the whole table.
-- Runs: called by the API operation that lists leads, as the caller: row-level security decides what they see.

create or replace function messaging.shown_leads(ids uuid[], business uuid) returns json language plpgsql stable as $$
begin
  return (
    select coalesce(json_agg(messaging.shown(m.lead) order by page.place), '[]')
    from unnest(ids) with ordinality as page (id, place)
    cross join lateral (select l as lead from public.messages l where l.id = page.id and l.business_id = business limit 1) m);
end $$;

revoke all on function messaging.shown_leads(uuid[], uuid) from public, anon, authenticated;
grant execute on function messaging.shown_leads(uuid[], uuid) to authenticated;
