-- Deletes leads that were archived because of their age, once their business has had time to look, with an audit entry per business.
-- Returns how many.
-- Runs: called by the retention timer.

create or replace function messaging.forget_expired(moment timestamptz, most integer) returns integer language plpgsql set search_path = '' as $$
declare
  ids uuid[];
begin
  -- Their business keeps leads longer by now.
  update public.messages set forget_after = null
  where id in (
    select m.id from public.messages m
    left join messaging.business_settings s on s.business_id = m.business_id
    where m.forget_after <= moment and m.created_at >= moment - make_interval(months => coalesce(s.retention_months, 24))
    limit most for update of m skip locked);
  select coalesce(array_agg(due.id), '{}') into ids
  from (
    select m.id from public.messages m
    where m.forget_after <= moment and m.status = 'archived' and not messaging.is_owed(m)
    order by m.forget_after limit most for update of m skip locked) due;
  insert into messaging.audit_entries (business_id, at, actor_kind, actor, action, details)
  select m.business_id, moment, 'service', 'retention', 'delete-expired', jsonb_build_object('messages', count(*),
    'undelivered', count(*) filter (where exists (
      select from messaging.deliveries d where d.message_id = m.id and d.cause = 'lead' and d.state in ('held', 'failed'))))
  from public.messages m where m.id = any (ids)
  group by m.business_id;
  perform messaging.forget_messages(ids);
  return cardinality(ids);
end $$;

revoke all on function messaging.forget_expired(timestamptz, integer) from public, anon, authenticated;
grant execute on function messaging.forget_expired(timestamptz, integer) to messaging_worker;
