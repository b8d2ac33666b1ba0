-- An escalation policy as the API shows it, and as an escalation stores it.
-- Runs: called by the API operations that show policies, and by start_escalations().

create or replace function messaging.shown(p messaging.escalation_policies) returns json language sql stable as $$
  select json_build_object('id', p.id, 'name', p.name, 'isActive', p.is_active, 'priorities', to_json(p.priorities),
    'funnelIds', to_json(p.funnel_ids), 'openHoursOnly', p.open_hours_only, 'unit', p.unit, 'steps', p.steps, 'repeats', p.repeats,
    'repeatAfter', p.repeat_after, 'position', p.position, 'createdAt', messaging.iso(p.created_at),
    'updatedAt', messaging.iso(p.updated_at))
$$;

revoke all on function messaging.shown(messaging.escalation_policies) from public, anon, authenticated;
grant execute on function messaging.shown(messaging.escalation_policies) to authenticated, messaging_worker;
