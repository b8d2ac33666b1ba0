-- Row-level security on every table, forced for the owner too. Rights are given per role and column; no role has more
-- than its statements in routes/sql need. messaging_api has none of its own: it acts as authenticated.

do $$
declare
  each record;
begin
  -- Default privileges may have said otherwise.
  revoke all on all tables in schema messaging from public, anon, authenticated;
  revoke all on all sequences in schema messaging from public, anon, authenticated;
  for each in select tablename from pg_tables where schemaname = 'messaging' and tablename <> 'schema_history' loop
    execute format('alter table messaging.%I enable row level security, force row level security', each.tablename);
    execute format('create policy worker_all on messaging.%I for all to messaging_worker using (true) with check (true)', each.tablename);
  end loop;
  for each in
    select unnest(array['businesses', 'funnels', 'messages', 'message_channels', 'notification_preferences']) as tablename
  loop
    execute format('create policy messaging_worker_reads on public.%I for select to messaging_worker using (true)', each.tablename);
    execute format('grant select on public.%I to messaging_worker', each.tablename);
  end loop;
end $$;

-- Intake writes leads and sees just enough to know where they go.
grant select (id, business_id) on public.funnels to messaging_intake;
grant select (id, business_id, channel_type, is_enabled) on public.message_channels to messaging_intake;
grant select (business_id, email_new_messages, sms_urgent_only) on public.notification_preferences to messaging_intake;
grant select (funnel_id, is_active) on messaging.funnel_settings to messaging_intake;
grant select (id, business_id, event_types, disabled_at) on messaging.webhook_subscriptions to messaging_intake;
grant insert (id, funnel_id, business_id, type, contact_name, contact_phone, contact_phone_e164, contact_email, subject,
    message, priority, metadata, email_status, sms_status, created_at, updated_at)
  on public.messages to messaging_intake;
grant insert (business_id, message_id, type, data, owed, created_at) on messaging.message_events to messaging_intake;
grant insert (business_id, cause, message_id, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at)
  on messaging.deliveries to messaging_intake;

create policy messaging_intake_reads on public.funnels for select to messaging_intake using (true);
create policy messaging_intake_reads on public.message_channels for select to messaging_intake using (true);
create policy messaging_intake_reads on public.notification_preferences for select to messaging_intake using (true);
create policy intake_reads on messaging.funnel_settings for select to messaging_intake using (true);
create policy intake_reads on messaging.webhook_subscriptions for select to messaging_intake using (true);
create policy messaging_intake_adds on public.messages for insert to messaging_intake with check (true);
create policy intake_adds on messaging.message_events for insert to messaging_intake with check (true);
create policy intake_adds on messaging.deliveries for insert to messaging_intake with check (true);

-- The worker claims, sends, records and seeds; it never deletes a lead, and never rewrites what is append-only.
grant update (email_status, sms_status, email_sent_at, sms_sent_at, updated_at) on public.messages to messaging_worker;
create policy messaging_worker_keeps_true on public.messages for update to messaging_worker using (true) with check (true);
grant select, insert, update on messaging.deliveries to messaging_worker;
grant select, insert on messaging.delivery_attempts, messaging.message_events, messaging.digest_runs to messaging_worker;
grant select on messaging.business_members, messaging.funnel_origins, messaging.templates, messaging.escalation_steps,
  messaging.suppressions to messaging_worker;
grant select, insert, update on messaging.business_settings, messaging.funnel_settings, messaging.webhook_subscriptions,
  messaging.webhook_secrets, messaging.sms_usage to messaging_worker;
grant select, insert, delete on messaging.sandbox_messages to messaging_worker;

