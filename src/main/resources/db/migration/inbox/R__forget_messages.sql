-- Deletes leads with all that belongs to them, and takes them out of the digests and summaries that name them; a summary that has not been
-- sent yet no longer counts them, and one of which a single lead is left is replaced by its notification. Returns how much was deleted of
-- each kind.
-- Runs: called by erase_contact() and forget_expired().

create or replace function messaging.forget_messages(ids uuid[]) returns jsonb language plpgsql set search_path = '' as $$
declare
  counts jsonb;
  touched integer;
begin
  select jsonb_build_object(
    'messages', (select count(*) from public.messages m where m.id = any (ids)),
    'message_events', (select count(*) from messaging.message_events e where e.message_id = any (ids)),
    'deliveries', (select count(*) from messaging.deliveries d where d.message_id = any (ids)),
    'delivery_attempts', (
      select count(*) from messaging.delivery_attempts a join messaging.deliveries d on d.id = a.delivery_id
      where d.message_id = any (ids)),
    'notes', (select count(*) from messaging.notes n where n.message_id = any (ids)),
    'thread_entries', (select count(*) from messaging.thread_entries t where t.message_id = any (ids)),
    'submitted_keys', (select count(*) from messaging.submitted_keys k where k.message_id = any (ids)),
    'recent_requests', (select count(*) from messaging.recent_requests r where r.message_id = any (ids)))
  into counts;
  update messaging.deliveries d
  set payload = jsonb_set(d.payload, '{leads}', coalesce((
    select jsonb_agg(l.lead order by l.place)
    from jsonb_array_elements(d.payload -> 'leads') with ordinality as l (lead, place)
    where l.lead ->> 'id' <> all (ids::text[])), '[]'))
  where d.cause in ('digest', 'summary') and d.business_id in (select m.business_id from public.messages m where m.id = any (ids))
    and jsonb_typeof(d.payload -> 'leads') = 'array'
    and exists (select from jsonb_array_elements(d.payload -> 'leads') l where l ->> 'id' = any (ids::text[]));
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('digests', touched);
  with gone as (
    select d.covered_by as id, count(*) as leads
    from messaging.deliveries d
    where d.message_id = any (ids) and d.covered_by is not null
    group by d.covered_by
  ),
  counted as (
    update messaging.deliveries s
    set payload = jsonb_set(s.payload, '{count}', to_jsonb((s.payload ->> 'count')::integer - gone.leads)),
      state = case when (s.payload ->> 'count')::integer - gone.leads > 1 then s.state else 'cancelled' end,
      held_reason = case when (s.payload ->> 'count')::integer - gone.leads > 1 then s.held_reason end,
      last_error = case when (s.payload ->> 'count')::integer - gone.leads > 1 then s.last_error else 'Not sent: its leads were deleted' end,
      ended_at = case when (s.payload ->> 'count')::integer - gone.leads > 1 then s.ended_at else greatest(now(), s.updated_at) end,
      updated_at = greatest(now(), s.updated_at)
    from gone
    where s.id = gone.id and s.cause = 'summary' and s.state in ('pending', 'held')
    returning s.id, s.state
  )
  update messaging.deliveries d
  set state = 'pending', held_reason = null, covered_by = null, updated_at = greatest(now(), d.updated_at)
  from counted
  where d.covered_by = counted.id and counted.state = 'cancelled' and d.state = 'held' and d.held_reason = 'in summary'
    and d.message_id <> all (ids);
  delete from messaging.idempotency_keys k
  where k.business_id in (select m.business_id from public.messages m where m.id = any (ids))
    and exists (select from unnest(ids) id where strpos(k.location, id::text) > 0);
  get diagnostics touched = row_count;
  counts := counts || jsonb_build_object('idempotency_keys', touched);
  perform set_config('messaging.forgetting', 'on', true);
  delete from public.messages m where m.id = any (ids);
  perform set_config('messaging.forgetting', '', true);
  return counts;
end $$;

revoke all on function messaging.forget_messages(uuid[]) from public, anon, authenticated;
grant execute on function messaging.forget_messages(uuid[]) to messaging_worker;
