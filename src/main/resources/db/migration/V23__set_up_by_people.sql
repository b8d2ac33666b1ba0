-- What people set up for themselves: their channels, how they are told on their own screens, and funnels; and tests that can be watched.

-- How a person is told by the pages that they have open, in one business. Where they have not said, the business's row in
-- public.notification_preferences does. What is to be quiet when, and what follows when nobody acts, gets tables of its own beside it.
create table messaging.personal_preferences (
  business_id uuid not null references public.businesses (id) on delete cascade,
  person_id uuid not null,
  show_badge boolean,
  show_toast boolean,
  sound text check (sound in ('silent', 'once', 'until-read')),
  updated_at timestamptz not null,
  primary key (business_id, person_id)
);

-- Default privileges may have said otherwise.
revoke all on messaging.personal_preferences from public, anon, authenticated;
alter table messaging.personal_preferences enable row level security, force row level security;
create policy worker_all on messaging.personal_preferences for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.personal_preferences for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
create policy caller_adds on messaging.personal_preferences for insert to authenticated
  with check (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
create policy caller_changes on messaging.personal_preferences for update to authenticated
  using (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()))
  with check (business_id = (select messaging.acting_for('viewer')) and person_id = (select messaging.calling_person()));
grant select, insert, update (show_badge, show_toast, sound, updated_at) on messaging.personal_preferences to authenticated;
grant select, delete on messaging.personal_preferences to messaging_worker;

-- Whoever leaves a business and comes back begins anew.
create function messaging.forget_preferences() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from messaging.personal_preferences p where p.business_id = old.business_id and p.person_id = old.user_id;
  return null;
end $$;
create trigger forget_preferences after delete on messaging.business_members
for each row execute function messaging.forget_preferences();

-- The channels of a business as people see them: those that the configuration knows, which comes as a list of {type, isServed,
-- providers}, and whatever else was set up. Of what is kept about one only where it goes is shown.
create function messaging.channels_of(business uuid, configured jsonb) returns table (type text, channel json)
language sql stable set search_path = '' as $$
  with known as (
    select j.type as name, j."isServed" as served, j.providers
    from jsonb_to_recordset(configured) as j (type text, "isServed" boolean, providers jsonb)
  ),
  set_up as (
    select c.channel_type as name, c.is_enabled, c.config, c.updated_at from public.message_channels c where c.business_id = business
  )
  select name, json_build_object('type', name, 'isEnabled', coalesce(s.is_enabled, false), 'isServed', coalesce(k.served, false),
    'recipient', case when name <> 'webhook' then nullif(btrim(s.config ->> 'to'), '') end,
    'subscriptions', case when name = 'webhook' then (
      select json_build_object('total', count(*), 'enabled', count(*) filter (where w.disabled_at is null))
      from messaging.webhook_subscriptions w where w.business_id = business) end,
    'providers', coalesce(k.providers, '[]'),
    'fallbacks', (
      select coalesce(json_agg(f.fallback order by f.position), '[]')
      from messaging.fallbacks f where f.business_id = business and f.channel = name),
    'updatedAt', messaging.iso(s.updated_at))
  from known k full join set_up s using (name)
$$;

-- A funnel more; instead of its id 'elsewhere' where the table is the platform's, and 'full' where there are a hundred. Funnels of a
-- business are its platform's to make, and only where there is none may this service add to them.
create function messaging.add_funnel(named text, at timestamptz) returns text language plpgsql security definer set search_path = '' as $$
declare
  business uuid := messaging.acting_for('key');
  made uuid := gen_random_uuid();
begin
  if business is null then
    return null;
  end if;
  if not has_table_privilege('public.funnels', 'insert') then
    return 'elsewhere';
  end if;
  -- Two that count at once would both find room.
  perform pg_advisory_xact_lock(hashtextextended(business::text, 7));
  if (select count(*) from public.funnels f where f.business_id = business) >= 100 then
    return 'full';
  end if;
  insert into public.funnels (id, business_id, name, created_at) values (made, business, named, at);
  return made::text;
end $$;

revoke all on function messaging.forget_preferences(), messaging.channels_of(uuid, jsonb), messaging.add_funnel(text, timestamptz)
  from public, anon, authenticated;
grant execute on function messaging.channels_of(uuid, jsonb), messaging.add_funnel(text, timestamptz) to authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.forget_preferences() owner to messaging_worker;
alter function messaging.add_funnel(text, timestamptz) owner to messaging_worker;
set local role messaging_worker;

-- Tests are told of as well: whoever asked for one watches it arrive.
create or replace function messaging.announce_deliveries() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(current_setting('messaging.announced', true), '') = 'deliveries' then
    return null;
  end if;
  insert into messaging.message_events (business_id, message_id, type, data, created_at)
  select n.business_id, n.message_id, 'delivery.updated',
    jsonb_build_object('delivery', n.id, 'channel', n.channel, 'state', n.state, 'from', o.state), n.updated_at
  from new_rows n
  join old_rows o on o.id = n.id
  where (n.message_id is not null or n.cause = 'test')
    and n.state <> o.state and n.state <> 'sending' and (o.state <> 'sending' or n.state <> 'pending');
  return null;
end $$;

set local role none;
revoke create on schema messaging from messaging_worker;
