-- What each outcome of a phone call causes at a business, defaults included, by outcome.
-- Runs: called by the API operations that show the rules, and by the one that records an outcome.

create or replace function messaging.outcome_rules_of(business uuid) returns jsonb language sql stable as $$
  select jsonb_object_agg(d.outcome, jsonb_build_object('action', coalesce(r.action, d.action),
    'afterMinutes', case when r.outcome is null then d.after_minutes else r.after_minutes end,
    'openHoursOnly', coalesce(r.open_hours_only, false)))
  from (values ('reached', 'nothing', null), ('voicemail', 'nothing', null), ('no_answer', 'again', 120), ('wrong_number', 'nothing', null),
    ('not_interested', 'close', null), ('booked', 'nothing', null)) as d (outcome, action, after_minutes)
  left join messaging.outcome_rules r on r.business_id = business and r.outcome = d.outcome
$$;

revoke all on function messaging.outcome_rules_of(uuid) from public, anon, authenticated;
grant execute on function messaging.outcome_rules_of(uuid) to authenticated;
