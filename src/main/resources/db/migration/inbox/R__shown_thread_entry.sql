-- An entry of a conversation as the API shows it: a reply with the state of its delivery, or what was received with its sender.
-- Runs: called by the API operations that show the conversation with a lead.

create or replace function messaging.shown(e messaging.thread_entries) returns json language sql stable as $$
  select json_build_object(
    'id', e.id, 'direction', e.direction, 'channel', e.channel, 'recipient', e.recipient, 'sender', e.sender, 'subject', e.subject,
    'body', e.body, 'trimmed', e.original is not null, 'automatic', e.is_automatic, 'attachments', e.attachments,
    'authorId', e.author_id, 'author', e.author, 'templateId', e.template_id,
    'delivery', (
      select json_build_object('id', d.id, 'state', d.state, 'attempts', d.attempts, 'outcomeUnknown', d.outcome_unknown,
        'lastError', d.last_error, 'updatedAt', messaging.iso(d.updated_at))
      from messaging.deliveries d where d.id = e.delivery_id),
    'createdAt', messaging.iso(e.created_at))
$$;

revoke all on function messaging.shown(messaging.thread_entries) from public, anon, authenticated;
grant execute on function messaging.shown(messaging.thread_entries) to authenticated;
