-- A lead as the API shows it.
-- Runs: called by the API operations, exports and live events that show leads.

create or replace function messaging.shown(m public.messages) returns json language sql stable as $$
  select json_build_object(
    'id', m.id, 'reference', messaging.reference(m.id), 'funnelId', m.funnel_id, 'type', m.type, 'contactName', m.contact_name, 'contactPhone', m.contact_phone,
    'contactPhoneE164', m.contact_phone_e164, 'contactEmail', m.contact_email, 'subject', m.subject, 'message', m.message,
    'priority', m.priority, 'status', m.status, 'assignedTo', m.assigned_to, 'tags', to_json(m.tags),
    'dueAt', messaging.iso(m.due_at), 'preferredFrom', messaging.iso(m.preferred_from), 'preferredUntil', messaging.iso(m.preferred_until),
    'readAt', messaging.iso(m.read_at), 'acknowledgedAt', messaging.iso(m.acknowledged_at),
    'acknowledgedBy', m.acknowledged_by_member, 'respondedAt', messaging.iso(m.responded_at),
    'archivedAt', messaging.iso(m.archived_at), 'callOutcome', m.call_outcome, 'callAgainAt', messaging.iso(m.call_again_at),
    'emailStatus', m.email_status, 'smsStatus', m.sms_status, 'unreachedSince', messaging.iso(m.unreached_since),
    'quarantinedAt', messaging.iso(m.quarantined_at), 'quarantineReason', m.quarantine_reason,
    'follows', m.follows, 'seenAgain', coalesce(m.seen_again, 0), 'metadata', m.metadata, 'revision', m.revision,
    'createdAt', messaging.iso(m.created_at), 'updatedAt', messaging.iso(m.updated_at))
$$;

revoke all on function messaging.shown(public.messages) from public, anon, authenticated;
grant execute on function messaging.shown(public.messages) to authenticated, messaging_worker;
