-- A template of replies as the API shows it.
-- Runs: called by the API operations that show templates.

create or replace function messaging.shown(t messaging.templates) returns json language sql stable as $$
  select json_build_object('id', t.id, 'channel', t.channel, 'name', t.name, 'subject', t.subject, 'body', t.body,
    'createdAt', messaging.iso(t.created_at), 'updatedAt', messaging.iso(t.updated_at))
$$;

revoke all on function messaging.shown(messaging.templates) from public, anon, authenticated;
grant execute on function messaging.shown(messaging.templates) to authenticated;
