-- Funnels that were made here are renamed and deleted here. A platform's own table is left alone: there the worker may add none either.
do $$
begin
  if has_table_privilege('messaging_worker', 'public.funnels', 'insert') then
    grant update (name), delete on public.funnels to messaging_worker;
    -- Only while it does so for a caller who may.
    create policy messaging_worker_changes on public.funnels for update to messaging_worker
      using (business_id = (select messaging.acting_for('key')));
    create policy messaging_worker_deletes on public.funnels for delete to messaging_worker
      using (business_id = (select messaging.acting_for('key')));
  end if;
end $$;

-- Gives a funnel of the caller's business another name. The id, null where it is not theirs, or a word where it is not made here.
create function messaging.rename_funnel(funnel uuid, named text) returns text language plpgsql security definer set search_path = '' as $$
declare
  renamed text;
begin
  if not exists (select from public.funnels f where f.id = funnel and f.business_id = messaging.acting_for('key')) then
    return null;
  elsif not has_table_privilege('public.funnels', 'delete') then
    return 'elsewhere';
  end if;
  update public.funnels f set name = named where f.id = funnel returning f.id::text into renamed;
  return renamed;
end $$;

-- Deletes a funnel of the caller's business, its form and the pages it takes leads from. Its leads stay, without a funnel.
create function messaging.delete_funnel(funnel uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
  deleted text;
begin
  if not exists (select from public.funnels f where f.id = funnel and f.business_id = messaging.acting_for('key')) then
    return null;
  elsif not has_table_privilege('public.funnels', 'delete') then
    return 'elsewhere';
  end if;
  delete from public.funnels f where f.id = funnel returning f.id::text into deleted;
  return deleted;
end $$;

revoke all on function messaging.rename_funnel(uuid, text), messaging.delete_funnel(uuid) from public, anon, authenticated;
grant execute on function messaging.rename_funnel(uuid, text), messaging.delete_funnel(uuid) to authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.rename_funnel(uuid, text) owner to messaging_worker;
alter function messaging.delete_funnel(uuid) owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
