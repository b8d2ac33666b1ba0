-- A device as its owner sees it: without its endpoint and keys, which callers cannot read.
-- Runs: called by the statements of the operations for push devices.

create or replace function messaging.shown_push_device(device uuid, label text, created_at timestamptz) returns json language sql stable as $$
  select json_build_object('id', device, 'label', label, 'createdAt', messaging.iso(created_at), 'lastAcceptedAt', (
    select messaging.iso(d.ended_at) from messaging.deliveries d
    where d.lane = device and d.channel = 'push' and d.state in ('sent', 'delivered')
    order by d.ended_at desc limit 1))
$$;

revoke all on function messaging.shown_push_device(uuid, text, timestamptz) from public, anon, authenticated;
grant execute on function messaging.shown_push_device(uuid, text, timestamptz) to authenticated;
