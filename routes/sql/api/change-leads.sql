-- Changes leads, one or ten thousand, all in the same way: where they stand, who has them, their tags, their priority, what came of
-- a call. The change itself says where it takes a lead from where that stands (`moves`); one for which it says nothing is left
-- alone, as is one that is held. A member who acknowledges a lead that nobody has is assigned it; the acknowledgement is the event of
-- that. Every other kind of change is one event of its lead. Gives those that were not changed, and all that it takes to say why: who
-- acknowledged a lead first is whoever did so at its moment. A platform may have leads without a status or a priority; those are unread.
with change as materialized (
  select c.*, array(select distinct lower(normalize(btrim(name))) from jsonb_array_elements_text(c.tags) name order by 1) as named,
    cast(:#${bean:now?method=moment} as timestamptz) as at, cast(:#${variable.caller.businessId} as uuid) as business_id,
    cast(:#${variable.caller.name} as text) as caller,
    jsonb_build_object('by', cast(:#${variable.caller.name} as text), 'byId', cast(:#${variable.caller.id} as text)) as who,
    c.assigns is not true or c.assignee is null or c.assignee = cast(:#${variable.caller.businessId} as uuid) or exists (
      select from messaging.business_members b
      where b.business_id = cast(:#${variable.caller.businessId} as uuid) and b.user_id = c.assignee and b.role <> 'viewer') as assignee_known,
    set_config('messaging.announced', 'changed', true) as announced
  from jsonb_to_record(cast(:#${variable.change.json} as jsonb)) as c (move text, moves jsonb, event text, member uuid, revisions jsonb,
    priority text, assigns boolean, assignee uuid, tagging text, tags jsonb, outcome text, puts_off boolean, call_again_at timestamptz, note text)
),
input as materialized (
  select distinct cast(id as uuid) as id from jsonb_array_elements_text(cast(:#${variable.ids} as jsonb)) id
),
lead as materialized (
  select m.id, coalesce(m.status, 'unread') as was, m.priority, m.assigned_to, m.tags, m.revision, m.acknowledged_at,
    m.acknowledged_by_member, m.quarantined_at is not null as is_held,
    case
      when c.moves is null then coalesce(m.status, 'unread')
      when c.moves ->> coalesce(m.status, 'unread') = 'before' then case
        when m.responded_at is not null then 'responded' when m.acknowledged_at is not null then 'acknowledged'
        when m.read_at is not null then 'read' else 'unread' end
      else c.moves ->> coalesce(m.status, 'unread') end as becomes,
    coalesce(c.priority, m.priority) as new_priority,
    case when c.assigns then c.assignee else m.assigned_to end as new_assignee,
    case c.tagging
      when 'set' then c.named
      when 'add' then array(select distinct tag from unnest(m.tags || c.named) tag order by 1)
      when 'remove' then array(select tag from unnest(m.tags) tag where tag <> all (c.named))
      else m.tags end as new_tags,
    c.revisions is null or c.revisions @> to_jsonb(m.revision) as is_as_seen, c.assignee_known, c.outcome, c.business_id,
    c.puts_off and m.call_again_at is distinct from c.call_again_at as puts_off,
    jsonb_build_object('status', coalesce(m.status, 'unread'), 'priority', m.priority, 'assigned_to', m.assigned_to, 'tags', m.tags,
      'acknowledged_at', m.acknowledged_at, 'acknowledged_by', m.acknowledged_by, 'acknowledged_by_member', m.acknowledged_by_member,
      'call_outcome', m.call_outcome, 'call_again_at', m.call_again_at, 'due_at', m.due_at, 'revision', m.revision) as before
  from public.messages m
  join change c on c.business_id = m.business_id
  where m.id = any (array(select input.id from input))
),
decided as materialized (
  select l.*, l.was in ('unread', 'read') and l.becomes in ('acknowledged', 'responded') as acknowledges,
    cardinality(l.new_tags) > 20 as has_too_many_tags,
    not l.is_held and l.becomes is not null and cardinality(l.new_tags) <= 20 and l.is_as_seen and l.assignee_known
      and (l.becomes <> l.was or l.new_priority is distinct from l.priority or l.new_assignee is distinct from l.assigned_to
        or l.new_tags <> l.tags or l.outcome is not null or l.puts_off) as is_changed
  from lead l
),
changed as (
  update public.messages m
  set status = j.becomes, priority = j.new_priority, tags = j.new_tags,
    assigned_to = case when j.acknowledges and c.assigns is not true then coalesce(j.assigned_to, c.member) else j.new_assignee end,
    acknowledged_at = case when j.acknowledges then c.at else m.acknowledged_at end,
    acknowledged_by = case when j.acknowledges then c.business_id else m.acknowledged_by end,
    acknowledged_by_member = case when j.acknowledges then c.member else m.acknowledged_by_member end,
    call_outcome = coalesce(c.outcome, m.call_outcome),
    call_again_at = case when c.outcome is null and c.puts_off is not true then m.call_again_at else c.call_again_at end,
    due_at = case
      when c.call_again_at is not null then c.call_again_at
      when j.becomes in ('unread', 'read')
        and (c.puts_off or j.new_priority is distinct from j.priority and m.call_again_at is null)
        then case when m.preferred_until is not null then m.preferred_until
          when s.keeps_hours then messaging.call_by(c.business_id, m.created_at, j.new_priority, s.answer_within_minutes)
          else messaging.due(m.created_at, j.new_priority, s.answer_within_minutes) end
      else m.due_at end,
    updated_at = c.at
  from decided j
  join change c on c.business_id = j.business_id and c.announced = 'changed'
  left join messaging.business_settings s on s.business_id = c.business_id
  where m.id = j.id and j.is_changed and m.id = any (array(select decided.id from decided where decided.is_changed))
  returning m.id, m.business_id, m.acknowledged_at, m.acknowledged_by_member, j.was, j.becomes, j.priority, j.new_priority, j.assigned_to,
    j.new_assignee, j.tags, j.new_tags, m.revision, j.before
),
-- What one can take back. That somebody has opened a lead is nothing to take back.
undoable as (
  insert into messaging.undoable_changes (business_id, caller_id, made_at, leads)
  select c.business_id, cast(:#${variable.caller.id} as uuid), c.at,
    jsonb_object_agg(changed.id, jsonb_build_object('revision', changed.revision, 'made', changed.revision, 'was', changed.before))
  from changed
  join change c on c.business_id = changed.business_id
  where c.move is distinct from 'read' or (select count(*) from input) > 1
  group by c.business_id, c.at
  returning undoable_changes.id
),
-- Nobody needs a notification of a lead that somebody has put away. Webhooks go on: what they feed keeps leads of its own.
withdrawn as (
  update messaging.deliveries d
  set state = 'cancelled', held_reason = null, last_error = 'Cancelled because the lead was archived', ended_at = c.at, updated_at = c.at
  from change c
  where d.message_id = any (array(select changed.id from changed where changed.becomes = 'archived' and changed.was <> 'archived'))
    and d.cause in ('lead', 'notification') and d.channel <> 'webhook' and d.state in ('pending', 'held')
),
new_event as (
  select j.id, j.business_id, c.who, c.at,
    unnest(array[
      case when c.outcome is not null then 'message.called' when c.puts_off then 'message.snoozed' end,
      case when j.becomes <> j.was then coalesce(c.event, 'message.' || j.becomes) end,
      case when j.new_assignee is distinct from j.assigned_to then 'message.assigned' end,
      case when j.new_tags <> j.tags then 'message.tagged' end,
      case when j.new_priority is distinct from j.priority then 'message.priority_changed' end]) as type,
    unnest(array[
      jsonb_strip_nulls(jsonb_build_object('outcome', c.outcome, 'callAgainAt', messaging.iso(c.call_again_at))),
      jsonb_strip_nulls(jsonb_build_object('from', j.was, 'to', j.becomes, 'acknowledgedAt', messaging.iso(j.acknowledged_at),
        'acknowledgedBy', j.acknowledged_by_member)),
      jsonb_build_object('from', j.assigned_to, 'to', j.new_assignee),
      jsonb_build_object('tags', j.new_tags),
      jsonb_build_object('from', j.priority, 'to', j.new_priority)]) as data
  from changed j
  join change c on c.business_id = j.business_id
),
events as (
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select new_event.business_id, new_event.id, new_event.type, new_event.who || new_event.data, new_event.at from new_event where new_event.type is not null
),
tags as (
  insert into messaging.tags (business_id, name, created_at)
  select c.business_id, unnest(c.named), c.at
  from change c
  where c.tagging in ('set', 'add') and exists (select from changed)
  on conflict do nothing
),
note as (
  insert into messaging.notes (business_id, message_id, author_id, author, body, created_at)
  select c.business_id, changed.id, cast(:#${variable.caller.id} as uuid), c.caller, c.note, c.at
  from changed
  join change c on c.business_id = changed.business_id
  where c.note is not null
),
notified as (
  select messaging.notify_assigned(array_agg(changed.id), c.assignee, c.caller, c.at) as deliveries
  from changed
  join change c on c.business_id = changed.business_id
  where c.assigns and c.assignee is not null and changed.new_assignee is distinct from changed.assigned_to
  group by c.assignee, c.caller, c.at
)
select (select count(*) from changed) as changed, (select sum(notified.deliveries) from notified) as notifications,
  (select change.assignee_known from change) as assignee_known, (select cast(undoable.id as text) from undoable) as undo_id,
  cast(coalesce(json_agg(json_build_object('id', input.id, 'was', j.was, 'becomes', j.becomes, 'held', j.is_held,
      'tooManyTags', j.has_too_many_tags, 'asSeen', j.is_as_seen, 'revision', j.revision,
      'acknowledgedAt', messaging.iso(j.acknowledged_at), 'acknowledgedById', j.acknowledged_by_member,
      'acknowledgedBy', (select b.email from messaging.business_members b
        where b.business_id = j.business_id and b.user_id = j.acknowledged_by_member),
      'first', (select e.data from messaging.message_events e
        where e.message_id = j.id and e.business_id = j.business_id and e.created_at = j.acknowledged_at
          and e.type in ('message.acknowledged', 'message.responded', 'message.replied')
        order by e.id desc limit 1))), '[]') as text) as others,
  set_config('enable_nestloop', 'on', true) as joined_as_usual, set_config('enable_seqscan', 'on', true) as by_whatever,
  set_config('enable_bitmapscan', 'on', true) as is_best
from input
left join decided j on j.id = input.id
where j.is_changed is not true
