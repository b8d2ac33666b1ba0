-- What comes next in the escalation of a lead, as the API shows it; null where nothing does. Steps count from 1.
-- Runs: called by the API operation that shows a lead.

create or replace function messaging.escalation_of(lead public.messages) returns jsonb language sql stable as $$
  select jsonb_build_object('policy', e.policy ->> 'name', 'at', messaging.iso(e.next_at),
    'step', least(e.step + 1, jsonb_array_length(e.policy -> 'steps')), 'of', jsonb_array_length(e.policy -> 'steps'),
    'round', e.round + 1, 'rounds', (e.policy ->> 'repeats')::integer + 1,
    'then', case when e.step < jsonb_array_length(e.policy -> 'steps') then 'step'
      when e.round < (e.policy ->> 'repeats')::integer then 'repeat' else 'overdue' end,
    'notify', coalesce(e.policy #> array['steps', e.step::text, 'notify'], '[]'),
    'memberIds', coalesce(e.policy #> array['steps', e.step::text, 'memberIds'], '[]'),
    'channels', e.policy #> array['steps', e.step::text, 'channels'])
  from messaging.escalations e
  where e.message_id = lead.id and e.business_id = lead.business_id and e.next_at is not null
    and coalesce(lead.status, 'unread') in ('unread', 'read')
$$;

revoke all on function messaging.escalation_of(public.messages) from public, anon, authenticated;
grant execute on function messaging.escalation_of(public.messages) to authenticated;
