-- What a caller with an identity may see and do: their own business's deliveries and webhook subscriptions, nothing else. The
-- schema stays unexposed; these rights serve the service's own API, which acts as authenticated for one transaction.

grant usage on schema messaging to authenticated;

do $$
declare
  each text;
begin
  foreach each in array array['deliveries', 'delivery_attempts', 'message_events', 'webhook_subscriptions', 'fallbacks'] loop
    execute format('create policy owner_reads on messaging.%I for select to authenticated using (business_id = (select auth.uid()))', each);
    execute format('grant select on messaging.%I to authenticated', each);
  end loop;
end $$;

-- Retry, replay, cancel; and a test to a subscription of one's own.
create policy owner_repairs on messaging.deliveries for update to authenticated
  using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
grant update (state, held_reason, attempts_before, next_attempt_at, receipt_due_at, outcome_unknown, last_error, ended_at, updated_at)
  on messaging.deliveries to authenticated;
create policy owner_tests on messaging.deliveries for insert to authenticated
  with check (business_id = (select auth.uid()) and cause = 'test');
grant insert (id, business_id, cause, channel, target_id, attempt_limit, next_attempt_at, payload, created_at, updated_at)
  on messaging.deliveries to authenticated;

create policy owner_writes on messaging.webhook_subscriptions for all to authenticated
  using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
grant insert (id, business_id, url, description, event_types, headers, drain_per_minute, created_at, updated_at),
  update (url, description, event_types, headers, drain_per_minute, disabled_at, disabled_reason, failing_since, updated_at),
  delete on messaging.webhook_subscriptions to authenticated;

-- A secret is written and never read again by a caller; when it ends may be seen and set.
create policy owner_writes on messaging.webhook_secrets for all to authenticated
  using (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id))
  with check (exists (select from messaging.webhook_subscriptions s where s.id = subscription_id));
grant select (id, subscription_id, created_at, expires_at), insert (id, subscription_id, secret, created_at, expires_at),
  update (expires_at), delete on messaging.webhook_secrets to authenticated;

create policy owner_writes on messaging.fallbacks for all to authenticated
  using (business_id = (select auth.uid())) with check (business_id = (select auth.uid()));
grant insert, update, delete on messaging.fallbacks to authenticated;

-- Who a key belongs to is asked before there is an identity.
grant select (id, business_id, name, prefix, hash, scopes, expires_at, revoked_at), insert (business_id, name, prefix, hash, scopes, expires_at, created_at),
  update (last_used_at, revoked_at) on messaging.api_keys to messaging_worker;
grant select (last_used_at) on messaging.api_keys to messaging_worker;

-- A moment as the API writes it.
create function messaging.iso(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
revoke all on function messaging.iso(timestamptz) from public, anon;
grant execute on function messaging.iso(timestamptz) to authenticated, messaging_worker;
