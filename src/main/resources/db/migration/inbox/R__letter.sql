-- What a text to a lead may name of the lead.
-- Runs: called when a reply or the preview of a template is rendered.

create or replace function messaging.letter(m public.messages) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', m.id, 'name', m.contact_name, 'phone', m.contact_phone, 'number', m.contact_phone_e164, 'email', m.contact_email,
    'subject', m.subject, 'message', m.message, 'status', m.status, 'isHeld', m.quarantined_at is not null,
    'createdAt', messaging.iso(m.created_at),
    'funnel', (
      select coalesce(s.title, f.name)
      from messaging.my_funnels('viewer') f
      left join messaging.funnel_settings s on s.funnel_id = f.id
      where f.id = m.funnel_id))
$$;

revoke all on function messaging.letter(public.messages) from public, anon, authenticated;
grant execute on function messaging.letter(public.messages) to authenticated;
