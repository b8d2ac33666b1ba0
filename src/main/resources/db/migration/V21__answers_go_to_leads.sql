-- What a business says to a lead goes to that lead and to nobody else: not to the business's own numbers where it fails, and not
-- held because the business does not want to be told of leads by that channel.

grant insert (message_id) on messaging.deliveries to authenticated;
alter policy caller_replies on messaging.deliveries
  with check (business_id = (select messaging.acting_for('agent')) and cause = 'reply'
    and exists (select from public.messages m where m.id = message_id and m.business_id = deliveries.business_id));

-- A delivery under the id of the entry it was written for: there is one for each, and one only.
alter table messaging.thread_entries
  add constraint thread_entries_delivery_id_check check (direction = 'in' or delivery_id is null or delivery_id = id);

alter table messaging.templates
  add constraint templates_channel_check check (channel in ('email', 'sms')),
  add constraint templates_name_check check (char_length(name) between 1 and 100),
  add constraint templates_subject_check check (char_length(subject) <= 200),
  add constraint templates_body_check check (char_length(body) between 1 and 5000);

-- An entry of a thread as the API shows it, with how its delivery does.
create function messaging.shown(e messaging.thread_entries) returns json language sql stable as $$
  select json_build_object(
    'id', e.id, 'direction', e.direction, 'channel', e.channel, 'recipient', e.recipient, 'subject', e.subject, 'body', e.body,
    'authorId', e.author_id, 'author', e.author, 'templateId', e.template_id,
    'delivery', (
      select json_build_object('id', d.id, 'state', d.state, 'attempts', d.attempts, 'outcomeUnknown', d.outcome_unknown,
        'lastError', d.last_error, 'updatedAt', messaging.iso(d.updated_at))
      from messaging.deliveries d where d.id = e.delivery_id),
    'createdAt', messaging.iso(e.created_at))
$$;

create function messaging.shown(t messaging.templates) returns json language sql stable as $$
  select json_build_object('id', t.id, 'channel', t.channel, 'name', t.name, 'subject', t.subject, 'body', t.body,
    'createdAt', messaging.iso(t.created_at), 'updatedAt', messaging.iso(t.updated_at))
$$;

-- What a text to a lead may name of it.
create function messaging.letter(m public.messages) returns jsonb language sql stable as $$
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

-- Who writes: the business that the caller acts for, of which its members see nothing else, and where answers reach it.
create function messaging.letterhead() returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name', coalesce(s.name, to_jsonb(b) ->> 'name'), 'timeZone', coalesce(s.time_zone, 'UTC'),
    'replyTo', (
      select c.config ->> 'to' from public.message_channels c where c.business_id = b.id and c.channel_type = 'email' limit 1))
  from public.businesses b
  left join messaging.business_settings s on s.business_id = b.id
  where b.id = messaging.acting_for('viewer')
$$;

revoke all on function messaging.shown(messaging.thread_entries), messaging.shown(messaging.templates),
  messaging.letter(public.messages), messaging.letterhead() from public, anon, authenticated;
grant execute on function messaging.shown(messaging.thread_entries), messaging.shown(messaging.templates),
  messaging.letter(public.messages), messaging.letterhead() to authenticated;

grant create on schema messaging to messaging_worker;
alter function messaging.letterhead() owner to messaging_worker;
set local role messaging_worker;

-- The next way to a business when one has failed, or when nobody knows whether it arrived: an entry of its own in the lead's
-- timeline, and counted as owed there. Channels that the lead is or was on already are passed over, so this ends. What was said to
-- a lead has no other way: the business's own channels lead to the business.
create or replace function messaging.fall_back() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  way record;
begin
  -- Two of a lead's deliveries that fail together must not both choose the same way.
  perform from public.messages m where m.id = new.message_id for no key update;
  with recursive replaced as (
    select new.channel as channel, new.fallback_of as earlier
    union all
    select d.channel, d.fallback_of from replaced join messaging.deliveries d on d.id = replaced.earlier
  )
  select f.fallback as channel, c.id as target into way
  from messaging.fallbacks f
  join public.message_channels c on c.business_id = f.business_id and c.channel_type = f.fallback and c.is_enabled
  where new.cause = 'lead' and f.business_id = new.business_id
    and f.channel = (select replaced.channel from replaced where replaced.earlier is null)
    and f.fallback <> 'webhook'
    and not exists (
      select from messaging.deliveries d
      where d.message_id = new.message_id and d.cause = new.cause and d.channel = f.fallback)
  order by f.position
  limit 1;
  if found then
    insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, fallback_of, payload,
      next_attempt_at, created_at, updated_at)
    values (new.business_id, new.cause, new.message_id, way.channel, way.target, new.id, new.payload,
      new.updated_at, new.updated_at, new.updated_at);
    insert into messaging.message_events (business_id, message_id, type, data, owed, created_at)
    values (new.business_id, new.message_id, 'delivery.fell_back',
      jsonb_build_object('delivery', new.id, 'from', new.channel, 'to', way.channel, 'reason', new.last_error), 1, new.updated_at);
  end if;
  if new.state = 'failed' then
    insert into messaging.message_events (business_id, message_id, type, data, created_at)
    values (new.business_id, new.message_id, 'delivery.failed',
      jsonb_build_object('delivery', new.id, 'channel', new.channel, 'attempts', new.attempts, 'error', new.last_error,
        'fallback', way.channel), new.updated_at);
  end if;
  return null;
end $$;

-- A channel that is switched off says how a business wants to be told, not how it answers.
create or replace function messaging.switch_channel() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.is_enabled then
    update messaging.deliveries d
    set state = case when h.disabled_at is null then 'pending' else 'held' end,
      held_reason = case when h.disabled_at is not null then 'disabled' end, updated_at = now()
    from (
      select waiting.id, s.disabled_at
      from messaging.deliveries waiting
      left join messaging.webhook_subscriptions s on s.id = waiting.lane
      where waiting.business_id = new.business_id and waiting.channel = new.channel_type and waiting.state = 'held'
        and waiting.held_reason = 'channel off') h
    where d.id = h.id;
  else
    update messaging.deliveries d
    set state = 'held', held_reason = 'channel off', updated_at = now()
    where d.business_id = new.business_id and d.channel = new.channel_type and d.state = 'pending' and d.cause <> 'reply';
  end if;
  return null;
end $$;

set local role none;
revoke create on schema messaging from messaging_worker;
