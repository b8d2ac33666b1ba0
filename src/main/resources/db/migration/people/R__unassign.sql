-- Leads of a member that still want an answer belong to nobody again, with a "message.assigned" event for each.
-- Runs: called by hand_leads_back().

create or replace function messaging.unassign(business uuid, member uuid, reason text) returns void language sql set search_path = '' as $$
  with claims as (
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub' as id
  ),
  lead as materialized (
    select m.id
    from public.messages m
    where m.business_id = business and m.assigned_to = member and coalesce(m.status, 'unread') in ('unread', 'read', 'acknowledged')
    order by m.id
    for no key update
  ),
  changed as (
    update public.messages m set assigned_to = null, updated_at = now() from lead where m.id = lead.id returning m.id
  )
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select business, changed.id, 'message.assigned', jsonb_strip_nulls(jsonb_build_object('byId', claims.id,
      'by', (select b.email from messaging.business_members b where b.business_id = business and b.user_id::text = claims.id)))
    || jsonb_build_object('from', member, 'to', null, 'reason', reason), now()
  from changed cross join claims
$$;

revoke all on function messaging.unassign(uuid, uuid, text) from public, anon, authenticated;
grant execute on function messaging.unassign(uuid, uuid, text) to messaging_worker;
