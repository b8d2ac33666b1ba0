-- A member or a key of a business lets it write to an address again.
create policy caller_deletes on messaging.suppressions for delete to authenticated
  using (business_id = (select messaging.acting_for('agent')));
grant delete on messaging.suppressions to authenticated;

-- The recipient of a digest ends it by the link in it.
create policy messaging_worker_ends_digests on public.notification_preferences for update to messaging_worker using (true) with check (true);
grant update (email_daily_summary, email_weekly_summary, updated_at) on public.notification_preferences to messaging_worker;
