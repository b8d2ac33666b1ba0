-- The channels of a business for the API: those that this instance serves, and others that were set up. Of a channel's config only the
-- recipient is shown, and of a secret recipient what channel_secrets says. A recipient that waits for its code is shown beside it. An instance of the version before gives neither label nor
-- recipientFormat.
-- Runs: called by the API operations that show channels.

create or replace function messaging.channels_of(business uuid, configured jsonb) returns table (type text, channel json)
language sql stable set search_path = '' as $$
  with known as (
    select j.type as name, j.label, j."isServed" as served, j."recipientFormat" as format, j.providers
    from jsonb_to_recordset(configured) as j (type text, label text, "isServed" boolean, "recipientFormat" jsonb, providers jsonb)
  ),
  set_up as (
    select c.channel_type as name, c.is_enabled, c.config, c.updated_at, k.shown
    from public.message_channels c
    left join messaging.channel_secrets k on k.channel_id = c.id
    where c.business_id = business
  )
  select name, json_build_object('type', name, 'isEnabled', coalesce(s.is_enabled, false), 'isServed', coalesce(k.served, false),
    'label', coalesce(k.label, name), 'recipientFormat', k.format,
    'recipient', case
      when cast(k.format ->> 'isSecret' as boolean) then s.shown
      when name <> 'webhook' then nullif(btrim(s.config ->> 'to'), '') end,
    'confirmedAt', (
      select messaging.iso(max(c.confirmed_at)) from messaging.confirmations c
      where c.business_id = business and c.member_id is null and c.channel = name and lower(c.address) = lower(btrim(s.config ->> 'to'))),
    'pendingRecipient', p.address,
    'confirmation', case when p.id is not null then json_build_object('sentAt', messaging.iso(p.created_at),
      'expiresAt', messaging.iso(p.expires_at), 'triesLeft', p.tries_left, 'problem', messaging.channel_code_problem(p.id)) end,
    'subscriptions', case when name = 'webhook' then (
      select json_build_object('total', count(*), 'enabled', count(*) filter (where w.disabled_at is null))
      from messaging.webhook_subscriptions w where w.business_id = business) end,
    'providers', coalesce(k.providers, '[]'),
    'fallbacks', (
      select coalesce(json_agg(f.fallback order by f.position), '[]')
      from messaging.fallbacks f where f.business_id = business and f.channel = name),
    'updatedAt', messaging.iso(s.updated_at))
  from known k full join set_up s using (name)
  left join messaging.confirmations p on p.business_id = business and p.member_id is null and p.channel = name
    and p.confirmed_at is null and p.replaced_at is null
  where s.name is not null or k.served
$$;

revoke all on function messaging.channels_of(uuid, jsonb) from public, anon, authenticated;
grant execute on function messaging.channels_of(uuid, jsonb) to authenticated;
