-- Undoes what somebody has done to leads, all of a change or one lead of it (the change that has given it the revision "made", or else the last), as far as nobody has changed the leads since: status,
-- assignee, tags, priority, call outcome and the time to call again are as they were. Notifications that the change cancelled stay
-- cancelled. Gives null where there is nothing to undo, and else how many leads are as before, and which are not and why.
-- Runs: called by the statements undo-message-change and undo-bulk-change.

create or replace function messaging.undo_changes(business uuid, caller uuid, caller_name text, change uuid, lead uuid, made integer,
  moment timestamptz)
returns json language plpgsql set search_path = ''
-- Ten thousand leads are joined by hash; how many there are cannot be estimated from JSON.
set enable_nestloop = off set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  undone_transaction xid8;
  saved jsonb;
  ids uuid[];
  undone jsonb;
begin
  select c.transaction into undone_transaction
  from messaging.undoable_changes c
  where c.business_id = business and c.caller_id = caller and c.made_at > moment - interval '10 minutes'
    and case when lead is null then c.id = change and c.leads <> '{}' else jsonb_exists(c.leads, lead::text)
      and (made is null or (c.leads -> lead::text ->> 'made')::integer = made) end
  order by c.made_at desc, c.transaction desc limit 1;
  if not found then
    return null;
  end if;
  -- The same undo that comes twice at once waits here, and finds nothing.
  perform from messaging.undoable_changes c
  where c.business_id = business and c.caller_id = caller and c.transaction = undone_transaction
  order by c.id for update;
  -- As the leads were before the first change of the transaction, and as its last one has left them.
  select jsonb_object_agg(s.id, s.lead), array_agg(s.id::uuid order by s.id::uuid) into saved, ids
  from (
    select e.key as id, jsonb_build_object('was', (array_agg(e.value -> 'was' order by (e.value ->> 'revision')::integer))[1],
      'revision', max((e.value ->> 'revision')::integer)) as lead
    from messaging.undoable_changes c
    cross join lateral jsonb_each(c.leads) e
    where c.business_id = business and c.caller_id = caller and c.transaction = undone_transaction
      and (lead is null or e.key = lead::text)
    group by e.key
  ) s;
  if saved is null then
    return null;
  end if;
  perform from public.messages m where m.id = any (ids) order by m.id for no key update;
  perform set_config('messaging.announced', 'undone', true);
  with before as materialized (
    select m.id, m.status, m.priority, m.assigned_to, m.tags, (saved -> m.id::text -> 'was') as was
    from public.messages m
    where m.id = any (ids) and m.business_id = business and m.revision = (saved -> m.id::text ->> 'revision')::integer
  ),
  changed as (
    update public.messages m
    set status = b.was ->> 'status', priority = b.was ->> 'priority',
      tags = array(select jsonb_array_elements_text(b.was -> 'tags')),
      -- Not to somebody who has left the business since.
      assigned_to = (select d.user_id from messaging.business_members d
        where d.business_id = business and d.user_id = (b.was ->> 'assigned_to')::uuid and d.role <> 'viewer'),
      acknowledged_at = (b.was ->> 'acknowledged_at')::timestamptz,
      acknowledged_by = (b.was ->> 'acknowledged_by')::uuid,
      acknowledged_by_member = (b.was ->> 'acknowledged_by_member')::uuid,
      call_outcome = b.was ->> 'call_outcome', call_again_at = (b.was ->> 'call_again_at')::timestamptz,
      due_at = (b.was ->> 'due_at')::timestamptz, updated_at = moment
    from before b
    where m.id = b.id and m.id = any (ids)
    returning m.id, m.revision, m.status as now_status, m.priority as now_priority, m.assigned_to as now_assigned_to, m.tags as now_tags,
      b.status, b.priority, b.assigned_to, b.tags
  ),
  new_event as (
    select c.id, unnest(array[
        case when c.now_status is not distinct from c.status then 'message.undone'
          when c.status = 'archived' then 'message.unarchived' else 'message.undone' end,
        case when c.now_assigned_to is distinct from c.assigned_to then 'message.assigned' end,
        case when c.now_tags <> c.tags then 'message.tagged' end,
        case when c.now_priority is distinct from c.priority then 'message.priority_changed' end]) as type,
      unnest(array[
        jsonb_build_object('from', c.status, 'to', c.now_status),
        jsonb_build_object('from', c.assigned_to, 'to', c.now_assigned_to),
        jsonb_build_object('tags', c.now_tags),
        jsonb_build_object('from', c.priority, 'to', c.now_priority)]) as data
    from changed c
  ),
  events as (
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    select business, e.id, e.type, jsonb_build_object('by', caller_name, 'byId', caller, 'undo', true) || e.data, moment
    from new_event e where e.type is not null
  )
  select coalesce(jsonb_object_agg(c.id, c.revision), '{}') into undone from changed c;
  update messaging.undoable_changes c
  set leads = c.leads - array(select unnest(ids)::text)
  where c.business_id = business and c.caller_id = caller and c.transaction = undone_transaction;
  -- The lead is as the change before has left it, so that one can be undone next.
  if lead is not null and jsonb_exists(undone, lead::text) then
    update messaging.undoable_changes c
    set leads = jsonb_set(c.leads, array[lead::text, 'revision'], undone -> lead::text)
    where c.business_id = business and c.caller_id = caller and c.made_at > moment - interval '10 minutes'
      and c.leads -> lead::text -> 'revision' = saved -> lead::text -> 'was' -> 'revision';
  end if;
  return json_build_object('done', (select count(*) from jsonb_object_keys(undone)), 'failed', (
    select coalesce(json_agg(json_build_object('id', missed.id, 'reason', case when m.id is null then 'not-found' else 'changed-since' end,
      'detail', case when m.id is null then 'It was deleted.' else coalesce((
          select e.data ->> 'by' from messaging.message_events e
          where e.business_id = business and e.message_id = missed.id and e.type like 'message.%'
          order by e.id desc limit 1), 'Somebody') || ' has changed it since. It stays as it is.' end)), '[]')
    from unnest(ids) missed (id)
    left join public.messages m on m.id = missed.id and m.business_id = business
    where not jsonb_exists(undone, missed.id::text)));
end $$;

revoke all on function messaging.undo_changes(uuid, uuid, text, uuid, uuid, integer, timestamptz) from public, anon, authenticated;
grant execute on function messaging.undo_changes(uuid, uuid, text, uuid, uuid, integer, timestamptz) to authenticated;
