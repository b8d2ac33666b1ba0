-- Gives canaries a business and a funnel of their own, and that business the test targets of the settings. A service without a platform makes
-- the business; where the businesses are the platform's, the operator names a funnel of one that is used for nothing else.
-- Takes of `rules`: funnel, email, sms, webhook (each may be null). `by_sms`: whether the next canary goes by SMS.
-- Runs: called by run_canary(). `problem` says what the operator has to set; null where all is set up.

create or replace function messaging.set_up_canary(rules jsonb, by_sms boolean, at timestamptz, out business uuid, out funnel uuid, out problem text)
language plpgsql set search_path = '' as $$
begin
  select c.business_id, c.funnel_id into business, funnel from messaging.canaries c
  where (rules ->> 'funnel') is null or c.funnel_id = (rules ->> 'funnel')::uuid
  order by c.started_at desc limit 1;
  if business is null and (rules ->> 'funnel') is not null then
    select f.business_id, f.id into business, funnel from public.funnels f where f.id = (rules ->> 'funnel')::uuid;
    if business is null then
      problem := 'There is no such funnel: set MESSAGING_CANARY_FUNNEL to the id of one that is used for nothing else.';
      return;
    end if;
    if exists (select from public.message_channels c where c.business_id = business)
        or exists (select from public.messages m where m.business_id = business)
        or exists (select from messaging.business_members m where m.business_id = business) then
      problem := 'The funnel belongs to a business that has channels, leads or members: set MESSAGING_CANARY_FUNNEL to one of a business that is used for nothing else.';
      return;
    end if;
  elsif business is null then
    if not has_table_privilege('public.businesses', 'insert') or not has_table_privilege('public.funnels', 'insert') then
      problem := 'The platform creates businesses: let it create one with a funnel for canaries, and set MESSAGING_CANARY_FUNNEL to the id of the funnel.';
      return;
    end if;
    business := gen_random_uuid();
    funnel := gen_random_uuid();
    insert into public.businesses (id, name) values (business, 'Canary');
    insert into public.funnels (id, business_id, name) values (funnel, business, 'Canary');
  end if;
  -- Where canaries are switched off nothing here deletes those of the last day; the retention does.
  insert into messaging.business_settings (business_id, name, retention_months) values (business, 'Canary', 1) on conflict do nothing;
  insert into public.notification_preferences (business_id, email_daily_summary, email_weekly_summary) values (business, false, false)
  on conflict (business_id) do update set email_daily_summary = false, email_weekly_summary = false;
  insert into public.message_channels as c (business_id, channel_type, config, is_enabled)
  select business, t.channel, t.config, t.is_on
  from (values
    ('email', jsonb_build_object('to', rules ->> 'email'), rules ->> 'email' is not null),
    ('sms', jsonb_build_object('to', rules ->> 'sms'), rules ->> 'sms' is not null and by_sms),
    ('webhook', jsonb_build_object('url', rules ->> 'webhook'), rules ->> 'webhook' is not null)) t (channel, config, is_on)
  where (rules ->> t.channel) is not null
  on conflict do nothing;
  update public.message_channels c
  set config = t.config, is_enabled = t.is_on, updated_at = at
  from (values
    ('email', jsonb_build_object('to', rules ->> 'email'), rules ->> 'email' is not null),
    ('sms', jsonb_build_object('to', rules ->> 'sms'), rules ->> 'sms' is not null and by_sms),
    ('webhook', jsonb_build_object('url', rules ->> 'webhook'), rules ->> 'webhook' is not null)) t (channel, config, is_on)
  where c.business_id = business and c.channel_type = t.channel and (c.config, c.is_enabled) is distinct from (t.config, t.is_on);
  -- A receiver that was gone for a time gets the next canary all the same.
  update messaging.webhook_subscriptions s
  set url = rules ->> 'webhook', disabled_at = null, disabled_reason = null, failing_since = null, updated_at = at
  where s.business_id = business and (rules ->> 'webhook') is not null and (s.url <> rules ->> 'webhook' or s.disabled_at is not null);
end $$;

revoke all on function messaging.set_up_canary(jsonb, boolean, timestamptz) from public, anon, authenticated;
grant execute on function messaging.set_up_canary(jsonb, boolean, timestamptz) to messaging_worker;
