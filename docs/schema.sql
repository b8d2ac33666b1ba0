-- The tables that the migrations make, with their indexes, triggers, policies and rights. Written by "make schema", for reading:
-- tables are changed by migrations, see add-a-migration.md. Row-level security is enabled and forced on every table, for its
-- owner too. What functions and triggers do is in what-the-database-does.md.

CREATE TABLE messaging.absences (
  business_id uuid NOT NULL,
  member_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  CONSTRAINT absences_pkey PRIMARY KEY (business_id, member_id),
  CONSTRAINT absences_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT absences_check CHECK (ends_at > starts_at)
);

CREATE POLICY caller_adds ON messaging.absences FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('key')) OR business_id = (SELECT messaging.acting_for('agent')) AND member_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_changes ON messaging.absences FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')) OR business_id = (SELECT messaging.acting_for('agent')) AND member_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_deletes ON messaging.absences FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')) OR business_id = (SELECT messaging.acting_for('agent')) AND member_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_reads ON messaging.absences FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.absences FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.absences TO authenticated;
GRANT DELETE, SELECT ON messaging.absences TO messaging_worker;
GRANT UPDATE (starts_at, ends_at) ON messaging.absences TO authenticated;

CREATE TABLE messaging.api_keys (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL,
  scopes text[] DEFAULT '{}'::text[] NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz DEFAULT now() NOT NULL,
  created_by text,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_prefix_key UNIQUE (prefix),
  CONSTRAINT api_keys_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT api_keys_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 100)
);

CREATE INDEX api_keys_business_id ON messaging.api_keys (business_id);
CREATE UNIQUE INDEX api_keys_hash ON messaging.api_keys (hash);

CREATE POLICY caller_reads ON messaging.api_keys FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY owner_adds ON messaging.api_keys FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.api_keys FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.api_keys FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT (id, business_id, name, prefix, hash, scopes, expires_at, created_at, created_by) ON messaging.api_keys TO authenticated;
GRANT SELECT (id, business_id, name, prefix, scopes, expires_at, last_used_at, revoked_at, created_at, created_by) ON messaging.api_keys TO authenticated;
GRANT UPDATE (revoked_at) ON messaging.api_keys TO authenticated;
GRANT INSERT (business_id, name, prefix, hash, scopes, expires_at, created_at) ON messaging.api_keys TO messaging_worker;
GRANT SELECT (id, business_id, name, prefix, hash, scopes, expires_at, last_used_at, revoked_at) ON messaging.api_keys TO messaging_worker;
GRANT UPDATE (last_used_at, revoked_at) ON messaging.api_keys TO messaging_worker;

CREATE TABLE messaging.assignment_rules (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  funnel_id uuid,
  rule text NOT NULL,
  member_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
  fallback text NOT NULL,
  reassign_after_minutes integer,
  last_member_id uuid,
  updated_at timestamptz NOT NULL,
  CONSTRAINT assignment_rules_pkey PRIMARY KEY (id),
  CONSTRAINT assignment_rules_business_id_funnel_id_key UNIQUE NULLS NOT DISTINCT (business_id, funnel_id),
  CONSTRAINT assignment_rules_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT assignment_rules_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT assignment_rules_check CHECK (rule <> 'member' OR cardinality(member_ids) = 1),
  CONSTRAINT assignment_rules_fallback_check CHECK (fallback IN ('owners', 'nobody')),
  CONSTRAINT assignment_rules_member_ids_check CHECK (cardinality(member_ids) <= 100 AND array_position(member_ids, NULL::uuid) IS NULL),
  CONSTRAINT assignment_rules_reassign_after_minutes_check CHECK (reassign_after_minutes >= 1 AND reassign_after_minutes <= 1440),
  CONSTRAINT assignment_rules_rule_check CHECK (rule IN ('nobody', 'member', 'round_robin', 'least_loaded', 'on_duty'))
);

CREATE INDEX assignment_rules_funnel_id ON messaging.assignment_rules (funnel_id)
  WHERE (funnel_id IS NOT NULL);

CREATE TRIGGER keep_event_reader AFTER INSERT OR DELETE OR UPDATE OF rule ON messaging.assignment_rules FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_event_reader('assignment');

CREATE POLICY caller_reads ON messaging.assignment_rules FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.assignment_rules FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.assignment_rules FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.assignment_rules FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.assignment_rules FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.assignment_rules TO authenticated;
GRANT SELECT ON messaging.assignment_rules TO messaging_worker;
GRANT INSERT (business_id, funnel_id, rule, member_ids, fallback, reassign_after_minutes, updated_at) ON messaging.assignment_rules TO authenticated;
GRANT UPDATE (rule, member_ids, fallback, reassign_after_minutes, updated_at) ON messaging.assignment_rules TO authenticated;
GRANT UPDATE (last_member_id) ON messaging.assignment_rules TO messaging_worker;

CREATE TABLE messaging.audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  actor text NOT NULL,
  action text NOT NULL,
  subject text,
  details jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT audit_entries_pkey PRIMARY KEY (id),
  CONSTRAINT audit_entries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT audit_entries_actor_kind_check CHECK (actor_kind IN ('person', 'key', 'service')),
  CONSTRAINT audit_entries_details_check CHECK (jsonb_typeof(details) = 'object')
);

CREATE INDEX audit_entries_business_id ON messaging.audit_entries (business_id, at DESC, id DESC);

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON messaging.audit_entries FOR EACH ROW
  EXECUTE FUNCTION messaging.refuse_to_forget();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON messaging.audit_entries FOR EACH STATEMENT
  EXECUTE FUNCTION messaging.refuse_to_forget();

CREATE POLICY caller_notes ON messaging.audit_entries FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY caller_reads ON messaging.audit_entries FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY worker_all ON messaging.audit_entries FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.audit_entries TO authenticated;
GRANT INSERT, SELECT ON messaging.audit_entries TO messaging_worker;
GRANT INSERT (business_id, at, actor_kind, actor_id, actor, action, subject, details) ON messaging.audit_entries TO authenticated;

CREATE TABLE messaging.breakdown_figures (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  day date NOT NULL,
  funnel_id uuid,
  priority text,
  dimension text NOT NULL,
  value text,
  received integer NOT NULL,
  held integer NOT NULL,
  notified integer NOT NULL,
  acknowledged integer NOT NULL,
  responded integer NOT NULL,
  reached integer NOT NULL,
  sla_met integer NOT NULL,
  sla_missed integer NOT NULL,
  CONSTRAINT breakdown_figures_pkey PRIMARY KEY (id),
  CONSTRAINT breakdown_figures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT breakdown_figures_dimension_check CHECK (dimension IN ('member', 'source', 'campaign', 'outcome'))
);

CREATE INDEX breakdown_figures_business_id ON messaging.breakdown_figures (business_id, day);

CREATE POLICY caller_reads ON messaging.breakdown_figures FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.breakdown_figures FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.breakdown_figures TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.breakdown_figures TO messaging_worker;

CREATE TABLE messaging.budget_use (
  business_id uuid NOT NULL,
  day date NOT NULL,
  budget text NOT NULL,
  used integer NOT NULL,
  CONSTRAINT budget_use_pkey PRIMARY KEY (business_id, budget, day),
  CONSTRAINT budget_use_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT budget_use_used_check CHECK (used >= 0)
);

CREATE POLICY worker_all ON messaging.budget_use FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.budget_use TO messaging_worker;
GRANT UPDATE (used) ON messaging.budget_use TO messaging_worker;

CREATE TABLE messaging.business_holidays (
  business_id uuid NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  spans jsonb DEFAULT '[]'::jsonb NOT NULL,
  CONSTRAINT business_holidays_pkey PRIMARY KEY (business_id, day),
  CONSTRAINT business_holidays_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT business_holidays_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 100),
  CONSTRAINT business_holidays_spans_check CHECK (jsonb_typeof(spans) = 'array' AND jsonb_array_length(spans) <= 10)
);

CREATE TRIGGER forget_figures AFTER INSERT OR DELETE OR UPDATE ON messaging.business_holidays FOR EACH ROW
  EXECUTE FUNCTION messaging.forget_figures();
CREATE TRIGGER keep_hours AFTER INSERT OR DELETE OR UPDATE ON messaging.business_holidays FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_hours();

CREATE POLICY caller_reads ON messaging.business_holidays FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY intake_reads ON messaging.business_holidays FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY owner_adds ON messaging.business_holidays FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.business_holidays FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.business_holidays FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.business_holidays FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.business_holidays TO authenticated;
GRANT SELECT ON messaging.business_holidays TO messaging_intake;
GRANT SELECT ON messaging.business_holidays TO messaging_worker;

CREATE TABLE messaging.business_hours (
  business_id uuid NOT NULL,
  weekday smallint NOT NULL,
  opens time without time zone NOT NULL,
  closes time without time zone NOT NULL,
  CONSTRAINT business_hours_pkey PRIMARY KEY (business_id, weekday, opens),
  CONSTRAINT business_hours_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT business_hours_weekday_check CHECK (weekday >= 1 AND weekday <= 7),
  CONSTRAINT hours_end_some_time CHECK (closes <> opens)
);

CREATE TRIGGER forget_figures AFTER INSERT OR DELETE OR UPDATE ON messaging.business_hours FOR EACH ROW
  EXECUTE FUNCTION messaging.forget_figures();
CREATE TRIGGER keep_hours AFTER INSERT OR DELETE OR UPDATE ON messaging.business_hours FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_hours();

CREATE POLICY caller_reads ON messaging.business_hours FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY intake_reads ON messaging.business_hours FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY owner_adds ON messaging.business_hours FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.business_hours FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.business_hours FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.business_hours TO authenticated;
GRANT SELECT ON messaging.business_hours TO messaging_intake;
GRANT SELECT ON messaging.business_hours TO messaging_worker;

CREATE TABLE messaging.business_members (
  business_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL,
  email text,
  created_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT business_members_pkey PRIMARY KEY (business_id, user_id),
  CONSTRAINT business_members_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT business_members_role_check CHECK (role IN ('owner', 'agent', 'viewer'))
);

CREATE INDEX business_members_user_id ON messaging.business_members (user_id);

CREATE TRIGGER forget_duties AFTER DELETE ON messaging.business_members FOR EACH ROW
  EXECUTE FUNCTION messaging.forget_duties();
CREATE TRIGGER forget_preferences AFTER DELETE ON messaging.business_members FOR EACH ROW
  EXECUTE FUNCTION messaging.forget_preferences();
CREATE TRIGGER hand_leads_back AFTER DELETE ON messaging.business_members FOR EACH ROW
  EXECUTE FUNCTION messaging.hand_leads_back();
CREATE TRIGGER hand_leads_of_viewer_back AFTER UPDATE OF role ON messaging.business_members FOR EACH ROW
  WHEN (new.role = 'viewer' AND old.role <> 'viewer')
  EXECUTE FUNCTION messaging.hand_leads_back();

CREATE POLICY caller_reads ON messaging.business_members FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.business_members FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.business_members FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.business_members FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.business_members FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.business_members TO authenticated;
GRANT INSERT, SELECT ON messaging.business_members TO messaging_worker;
GRANT UPDATE (role) ON messaging.business_members TO authenticated;
GRANT UPDATE (role) ON messaging.business_members TO messaging_worker;

CREATE TABLE messaging.business_settings (
  business_id uuid NOT NULL,
  name text,
  time_zone text DEFAULT 'UTC' NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  retention_months smallint DEFAULT 24 NOT NULL,
  answer_within_minutes integer DEFAULT 60 NOT NULL,
  keeps_hours boolean DEFAULT false NOT NULL,
  quiet_hours text DEFAULT 'off' NOT NULL,
  quiet_spans jsonb DEFAULT '[]'::jsonb NOT NULL,
  urgent_breaks_through boolean DEFAULT true NOT NULL,
  asks_for_time boolean DEFAULT false NOT NULL,
  email_empty_summary boolean DEFAULT false NOT NULL,
  CONSTRAINT business_settings_pkey PRIMARY KEY (business_id),
  CONSTRAINT business_settings_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT business_settings_answer_within_minutes_check CHECK (answer_within_minutes >= 1 AND answer_within_minutes <= 10080),
  CONSTRAINT business_settings_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 200),
  CONSTRAINT business_settings_quiet_hours_check CHECK (quiet_hours IN ('off', 'closed', 'spans')),
  CONSTRAINT business_settings_quiet_spans_check CHECK (jsonb_typeof(quiet_spans) = 'array' AND jsonb_array_length(quiet_spans) <= 50),
  CONSTRAINT business_settings_retention_months_check CHECK (retention_months >= 1 AND retention_months <= 120),
  CONSTRAINT business_settings_time_zone_check CHECK (timezone(time_zone, '2000-01-01 00:00:00+00'::timestamptz) IS NOT NULL)
);

CREATE TRIGGER forget_figures AFTER UPDATE OF time_zone ON messaging.business_settings FOR EACH ROW
  WHEN (old.time_zone <> new.time_zone)
  EXECUTE FUNCTION messaging.forget_figures();
CREATE TRIGGER forget_figures_first AFTER INSERT ON messaging.business_settings FOR EACH ROW
  WHEN (new.time_zone <> 'UTC')
  EXECUTE FUNCTION messaging.forget_figures();

CREATE POLICY caller_reads ON messaging.business_settings FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY intake_reads ON messaging.business_settings FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY owner_adds ON messaging.business_settings FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.business_settings FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.business_settings FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.business_settings TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.business_settings TO messaging_worker;
GRANT INSERT (business_id, name, time_zone, created_at, retention_months, answer_within_minutes, quiet_hours, quiet_spans, urgent_breaks_through, asks_for_time, email_empty_summary) ON messaging.business_settings TO authenticated;
GRANT UPDATE (name, time_zone, retention_months, answer_within_minutes, quiet_hours, quiet_spans, urgent_breaks_through, asks_for_time, email_empty_summary) ON messaging.business_settings TO authenticated;
GRANT SELECT (business_id, time_zone, answer_within_minutes, keeps_hours, quiet_hours, quiet_spans, urgent_breaks_through) ON messaging.business_settings TO messaging_intake;

CREATE TABLE messaging.canaries (
  id uuid NOT NULL,
  business_id uuid NOT NULL,
  funnel_id uuid NOT NULL,
  channels text[] NOT NULL,
  started_at timestamptz NOT NULL,
  message_id uuid,
  response text,
  ended_at timestamptz,
  missing text,
  reason text,
  outage_since timestamptz,
  seconds jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT canaries_pkey PRIMARY KEY (id),
  CONSTRAINT canaries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT canaries_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT canaries_check CHECK ((missing IS NULL) = (outage_since IS NULL))
);

CREATE INDEX canaries_business_id ON messaging.canaries (business_id, started_at);
CREATE INDEX canaries_funnel_id ON messaging.canaries (funnel_id);
CREATE INDEX canaries_started_at ON messaging.canaries (started_at);

CREATE POLICY worker_all ON messaging.canaries FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.canaries TO messaging_worker;

CREATE TABLE messaging.channel_secrets (
  channel_id uuid NOT NULL,
  secret text NOT NULL,
  shown text NOT NULL,
  CONSTRAINT channel_secrets_pkey PRIMARY KEY (channel_id),
  CONSTRAINT channel_secrets_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES public.message_channels(id) ON DELETE CASCADE,
  CONSTRAINT channel_secrets_shown_check CHECK (char_length(shown) <= 300)
);

CREATE POLICY caller_adds ON messaging.channel_secrets FOR INSERT TO authenticated
  WITH CHECK ((EXISTS ( SELECT
   FROM public.message_channels c
  WHERE c.id = channel_secrets.channel_id AND c.business_id = (SELECT messaging.acting_for('owner')))));
CREATE POLICY caller_changes ON messaging.channel_secrets FOR UPDATE TO authenticated
  USING ((EXISTS ( SELECT
   FROM public.message_channels c
  WHERE c.id = channel_secrets.channel_id AND c.business_id = (SELECT messaging.acting_for('owner')))));
CREATE POLICY caller_deletes ON messaging.channel_secrets FOR DELETE TO authenticated
  USING ((EXISTS ( SELECT
   FROM public.message_channels c
  WHERE c.id = channel_secrets.channel_id AND c.business_id = (SELECT messaging.acting_for('owner')))));
CREATE POLICY caller_reads ON messaging.channel_secrets FOR SELECT TO authenticated
  USING ((EXISTS ( SELECT
   FROM public.message_channels c
  WHERE c.id = channel_secrets.channel_id AND c.business_id = (SELECT messaging.acting_for('viewer')))));
CREATE POLICY worker_changes ON messaging.channel_secrets FOR UPDATE TO messaging_worker
  USING (true);
CREATE POLICY worker_reads ON messaging.channel_secrets FOR SELECT TO messaging_worker
  USING (true);

GRANT DELETE ON messaging.channel_secrets TO authenticated;
GRANT SELECT ON messaging.channel_secrets TO messaging_worker;
GRANT INSERT (channel_id, secret, shown) ON messaging.channel_secrets TO authenticated;
GRANT SELECT (channel_id, shown) ON messaging.channel_secrets TO authenticated;
GRANT UPDATE (secret, shown) ON messaging.channel_secrets TO authenticated;
GRANT UPDATE (secret) ON messaging.channel_secrets TO messaging_worker;

CREATE TABLE messaging.confirmations (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  member_id uuid,
  channel text NOT NULL,
  address text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries_left smallint NOT NULL,
  confirmed_at timestamptz,
  replaced_at timestamptz,
  CONSTRAINT confirmations_pkey PRIMARY KEY (id),
  CONSTRAINT confirmations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT confirmations_address_check CHECK (char_length(address) >= 1 AND char_length(address) <= 320),
  CONSTRAINT confirmations_channel_check CHECK (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT confirmations_tries_left_check CHECK (tries_left >= 0)
);

CREATE INDEX confirmations_address ON messaging.confirmations (channel, lower(address), created_at);
CREATE INDEX confirmations_business_id ON messaging.confirmations (business_id, created_at);
CREATE UNIQUE INDEX confirmations_confirmed ON messaging.confirmations (business_id, member_id, channel, lower(address)) NULLS NOT DISTINCT
  WHERE (confirmed_at IS NOT NULL);
CREATE UNIQUE INDEX confirmations_pending ON messaging.confirmations (business_id, member_id, channel) NULLS NOT DISTINCT
  WHERE ((confirmed_at IS NULL) AND (replaced_at IS NULL));
CREATE INDEX confirmations_replaced ON messaging.confirmations (created_at)
  WHERE (replaced_at IS NOT NULL);

CREATE POLICY caller_reads ON messaging.confirmations FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND (member_id IS NULL OR member_id = (SELECT messaging.calling_person())));
CREATE POLICY worker_all ON messaging.confirmations FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.confirmations TO authenticated;
GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.confirmations TO messaging_worker;

CREATE TABLE messaging.deliveries (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  cause text NOT NULL,
  message_id uuid,
  event_id bigint,
  period text,
  channel text NOT NULL,
  target_id uuid,
  recipient text,
  fallback_of uuid,
  attempt_limit smallint,
  state text DEFAULT 'pending' NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  leased_by text,
  lease_until timestamptz,
  provider text,
  provider_ref text,
  outcome_unknown boolean DEFAULT false NOT NULL,
  held_reason text,
  last_error text,
  payload jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  ended_at timestamptz,
  lane uuid GENERATED ALWAYS AS (COALESCE(target_id, business_id)) STORED NOT NULL,
  attempts_before integer DEFAULT 0 NOT NULL,
  receipt_due_at timestamptz,
  member_id uuid,
  covered_by uuid,
  passed_on text,
  CONSTRAINT deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT deliveries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT deliveries_covered_by_fkey FOREIGN KEY (covered_by) REFERENCES messaging.deliveries(id) ON DELETE SET NULL,
  CONSTRAINT deliveries_event_id_fkey FOREIGN KEY (event_id) REFERENCES messaging.message_events(id) ON DELETE CASCADE,
  CONSTRAINT deliveries_fallback_of_fkey FOREIGN KEY (fallback_of) REFERENCES messaging.deliveries(id) ON DELETE SET NULL,
  CONSTRAINT deliveries_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT a_lead_has_its_message CHECK (cause <> 'lead' OR message_id IS NOT NULL),
  CONSTRAINT a_lease_goes_with_sending CHECK ((state = 'sending') = (lease_until IS NOT NULL) AND (state = 'sending') = (leased_by IS NOT NULL)),
  CONSTRAINT a_notification_has_a_member CHECK (cause <> 'notification' OR message_id IS NOT NULL AND member_id IS NOT NULL AND period IS NOT NULL),
  CONSTRAINT deliveries_attempt_limit_check CHECK (attempt_limit > 0),
  CONSTRAINT deliveries_attempts_check CHECK (attempts >= 0),
  CONSTRAINT deliveries_cause_check CHECK (cause IN ('lead', 'event', 'reply', 'digest', 'account', 'test', 'canary', 'receipt', 'notification', 'summary')),
  CONSTRAINT deliveries_channel_check CHECK (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT deliveries_check CHECK (attempts_before >= 0 AND attempts_before <= attempts),
  CONSTRAINT deliveries_state_check CHECK (state IN ('pending', 'sending', 'held', 'sent', 'delivered', 'unknown', 'failed', 'cancelled')),
  CONSTRAINT held_says_why CHECK ((state = 'held') = (held_reason IS NOT NULL))
) WITH (fillfactor=70);

CREATE INDEX deliveries_business_id ON messaging.deliveries (business_id, created_at DESC, id DESC);
CREATE INDEX deliveries_covered_by ON messaging.deliveries (covered_by)
  WHERE (covered_by IS NOT NULL);
CREATE INDEX deliveries_deferred ON messaging.deliveries (next_attempt_at)
  WHERE ((state = 'held') AND (held_reason = 'quiet hours'));
CREATE INDEX deliveries_due ON messaging.deliveries (channel, business_id, lane, COALESCE(lease_until, next_attempt_at))
  WHERE (state IN ('pending', 'sending'));
CREATE UNIQUE INDEX deliveries_fallback_of ON messaging.deliveries (fallback_of, channel)
  WHERE (fallback_of IS NOT NULL);
CREATE INDEX deliveries_held ON messaging.deliveries (lane, created_at)
  WHERE (state = 'held');
CREATE INDEX deliveries_leases ON messaging.deliveries (lease_until)
  WHERE (state = 'sending');
CREATE INDEX deliveries_message_id ON messaging.deliveries (message_id);
CREATE UNIQUE INDEX deliveries_of_account ON messaging.deliveries (business_id, period, channel)
  WHERE (cause = 'account');
CREATE INDEX deliveries_of_device ON messaging.deliveries (lane, ended_at DESC)
  WHERE ((channel = 'push') AND (state IN ('sent', 'delivered')));
CREATE UNIQUE INDEX deliveries_of_digest ON messaging.deliveries (business_id, period, channel)
  WHERE (cause = 'digest');
CREATE UNIQUE INDEX deliveries_of_event ON messaging.deliveries (event_id, cause, target_id)
  WHERE (event_id IS NOT NULL);
CREATE UNIQUE INDEX deliveries_of_lead ON messaging.deliveries (message_id, target_id)
  WHERE ((cause = 'lead') AND (fallback_of IS NULL));
CREATE UNIQUE INDEX deliveries_of_notification ON messaging.deliveries (message_id, period, channel, COALESCE(recipient, (target_id)::text))
  WHERE (cause = 'notification');
CREATE INDEX deliveries_provider_ref ON messaging.deliveries (provider_ref)
  WHERE (provider_ref IS NOT NULL);
CREATE INDEX deliveries_receipt_due ON messaging.deliveries (receipt_due_at)
  WHERE (receipt_due_at IS NOT NULL);
CREATE INDEX deliveries_state ON messaging.deliveries (business_id, state)
  WHERE ((state IN ('held', 'failed', 'unknown', 'cancelled')) AND (message_id IS NOT NULL));
CREATE INDEX deliveries_summaries ON messaging.deliveries (updated_at)
  WHERE ((cause = 'summary') AND (passed_on IS DISTINCT FROM state));
CREATE INDEX deliveries_undelivered ON messaging.deliveries (business_id, channel)
  WHERE (state IN ('held', 'failed', 'unknown'));
CREATE INDEX deliveries_waiting ON messaging.deliveries (channel, business_id, lane, created_at, id)
  WHERE ((state = 'held') AND (held_reason <> 'quarantine'));

CREATE TRIGGER announce_deliveries AFTER UPDATE ON messaging.deliveries
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION messaging.announce_deliveries();
CREATE TRIGGER cancel_retry BEFORE UPDATE OF state ON messaging.deliveries FOR EACH ROW
  WHEN (new.cause = 'notification' AND old.state = 'sending' AND new.state = 'pending')
  EXECUTE FUNCTION messaging.cancel_retry();
CREATE TRIGGER fall_back AFTER UPDATE OF state, receipt_due_at ON messaging.deliveries FOR EACH ROW
  WHEN ((new.cause IN ('lead', 'reply', 'notification')) AND (new.state = 'failed' AND old.state <> 'failed' OR new.state = 'unknown' AND new.receipt_due_at IS NULL AND (old.state <> 'unknown' OR old.receipt_due_at IS NOT NULL)))
  EXECUTE FUNCTION messaging.fall_back();
CREATE TRIGGER mark_figures_of_delivery AFTER UPDATE OF state ON messaging.deliveries FOR EACH ROW
  WHEN (new.cause = 'lead' AND old.state <> new.state AND (new.fallback_of IS NOT NULL OR new.created_at < (GREATEST(now(), new.updated_at) - '12:00:00'::interval)))
  EXECUTE FUNCTION messaging.mark_figures_of_delivery();
CREATE TRIGGER mark_figures_of_new_way AFTER INSERT ON messaging.deliveries FOR EACH ROW
  WHEN (new.cause = 'lead' AND new.fallback_of IS NOT NULL)
  EXECUTE FUNCTION messaging.mark_figures_of_delivery();
CREATE TRIGGER return_sms AFTER UPDATE OF state ON messaging.deliveries FOR EACH ROW
  WHEN (new.channel = 'sms' AND (new.state IN ('failed', 'cancelled')) AND (old.state IN ('pending', 'sending', 'held')))
  EXECUTE FUNCTION messaging.return_sms();
CREATE TRIGGER show_fallback_on_message AFTER INSERT ON messaging.deliveries FOR EACH ROW
  WHEN (new.cause = 'lead' AND (new.channel IN ('email', 'sms')) AND new.fallback_of IS NOT NULL)
  EXECUTE FUNCTION messaging.show_on_message();
CREATE TRIGGER show_on_messages AFTER UPDATE ON messaging.deliveries
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION messaging.show_on_messages();

CREATE POLICY caller_reads ON messaging.deliveries FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY caller_repairs ON messaging.deliveries FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_replies ON messaging.deliveries FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')) AND cause = 'reply' AND (EXISTS ( SELECT
   FROM public.messages m
  WHERE m.id = deliveries.message_id AND m.business_id = deliveries.business_id)));
CREATE POLICY caller_tests ON messaging.deliveries FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('key')) AND cause = 'test');
CREATE POLICY caller_tests_device ON messaging.deliveries FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND cause = 'test' AND channel = 'push' AND message_id IS NULL AND event_id IS NULL AND recipient IS NULL AND (EXISTS ( SELECT
   FROM messaging.push_devices d
  WHERE d.id = deliveries.target_id)));
CREATE POLICY intake_adds ON messaging.deliveries FOR INSERT TO messaging_intake
  WITH CHECK (true);
CREATE POLICY sign_in_mails_are_nobodys ON messaging.deliveries AS RESTRICTIVE FOR ALL TO authenticated
  USING (cause <> 'account' OR period IS NULL OR NOT (period ~~ 'sign-in %' OR period ~~ 'confirmation %' OR period ~~ 'sms-answer %'));
CREATE POLICY worker_all ON messaging.deliveries FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.deliveries TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.deliveries TO messaging_worker;
GRANT INSERT (id, business_id, cause, message_id, event_id, channel, target_id, recipient, attempt_limit, next_attempt_at, payload, created_at, updated_at) ON messaging.deliveries TO authenticated;
GRANT UPDATE (state, next_attempt_at, outcome_unknown, held_reason, last_error, updated_at, ended_at, attempts_before, receipt_due_at, covered_by) ON messaging.deliveries TO authenticated;
GRANT INSERT (id, business_id, cause, message_id, channel, target_id, state, attempts, next_attempt_at, leased_by, lease_until, held_reason, created_at, updated_at) ON messaging.deliveries TO messaging_intake;

CREATE TABLE messaging.delivery_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  delivery_id uuid NOT NULL,
  business_id uuid NOT NULL,
  attempt integer NOT NULL,
  started_at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  outcome text NOT NULL,
  status_code integer,
  answer text,
  error text,
  provider text,
  recipient text,
  CONSTRAINT delivery_attempts_pkey PRIMARY KEY (delivery_id, id, started_at),
  CONSTRAINT delivery_attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES messaging.deliveries(id) ON DELETE CASCADE,
  CONSTRAINT delivery_attempts_answer_check CHECK (octet_length(answer) <= 20480),
  CONSTRAINT delivery_attempts_attempt_check CHECK (attempt > 0),
  CONSTRAINT delivery_attempts_duration_ms_check CHECK (duration_ms >= 0),
  CONSTRAINT delivery_attempts_outcome_check CHECK (outcome IN ('accepted', 'temporary', 'permanent', 'unknown'))
) PARTITION BY RANGE (started_at);

CREATE POLICY caller_reads ON messaging.delivery_attempts FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.delivery_attempts FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.delivery_attempts TO authenticated;
GRANT INSERT, SELECT ON messaging.delivery_attempts TO messaging_worker;

CREATE TABLE messaging.delivery_figures (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  day date NOT NULL,
  funnel_id uuid,
  priority text,
  channel text NOT NULL,
  accepted integer NOT NULL,
  waiting integer NOT NULL,
  sent integer NOT NULL,
  delivered integer NOT NULL,
  failed integer NOT NULL,
  cancelled integer NOT NULL,
  CONSTRAINT delivery_figures_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_figures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE INDEX delivery_figures_business_id ON messaging.delivery_figures (business_id, day);

CREATE POLICY caller_reads ON messaging.delivery_figures FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.delivery_figures FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.delivery_figures TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.delivery_figures TO messaging_worker;

CREATE TABLE messaging.delivery_receipts (
  delivery_id uuid NOT NULL,
  provider text NOT NULL,
  event_id text NOT NULL,
  business_id uuid NOT NULL,
  attempt integer NOT NULL,
  event text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  detail text,
  CONSTRAINT delivery_receipts_pkey PRIMARY KEY (delivery_id, provider, event_id),
  CONSTRAINT delivery_receipts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES messaging.deliveries(id) ON DELETE CASCADE,
  CONSTRAINT delivery_receipts_attempt_check CHECK (attempt >= 0),
  CONSTRAINT delivery_receipts_detail_check CHECK (octet_length(detail) <= 4096),
  CONSTRAINT delivery_receipts_event_check CHECK (event ~ '^[a-z]{1,30}$'),
  CONSTRAINT delivery_receipts_event_id_check CHECK (octet_length(event_id) >= 1 AND octet_length(event_id) <= 200),
  CONSTRAINT delivery_receipts_provider_check CHECK (provider <> '')
);

CREATE POLICY caller_reads ON messaging.delivery_receipts FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.delivery_receipts FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.delivery_receipts TO authenticated;
GRANT INSERT, SELECT ON messaging.delivery_receipts TO messaging_worker;

CREATE TABLE messaging.digest_runs (
  business_id uuid NOT NULL,
  kind text NOT NULL,
  period text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT digest_runs_pkey PRIMARY KEY (business_id, kind, period),
  CONSTRAINT digest_runs_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT digest_runs_check CHECK (period_end > period_start),
  CONSTRAINT digest_runs_kind_check CHECK (kind IN ('daily', 'weekly'))
);

CREATE POLICY worker_all ON messaging.digest_runs FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.digest_runs TO messaging_worker;

CREATE TABLE messaging.erasures (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  contact_hash text NOT NULL,
  counts jsonb NOT NULL,
  CONSTRAINT erasures_pkey PRIMARY KEY (id),
  CONSTRAINT erasures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT erasures_counts_check CHECK (jsonb_typeof(counts) = 'object')
);

CREATE INDEX erasures_business_id ON messaging.erasures (business_id, at DESC, id DESC);

CREATE POLICY caller_reads ON messaging.erasures FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY worker_all ON messaging.erasures FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.erasures TO authenticated;
GRANT INSERT, SELECT ON messaging.erasures TO messaging_worker;

CREATE TABLE messaging.escalation_policies (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  "position" smallint NOT NULL,
  name text NOT NULL,
  priorities text[] DEFAULT '{}'::text[] NOT NULL,
  funnel_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
  open_hours_only boolean DEFAULT false NOT NULL,
  unit text DEFAULT 'minutes' NOT NULL,
  steps jsonb NOT NULL,
  repeats smallint DEFAULT 0 NOT NULL,
  repeat_after integer DEFAULT 15 NOT NULL,
  is_active boolean DEFAULT true NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT escalation_policies_pkey PRIMARY KEY (id),
  CONSTRAINT escalation_policies_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT escalation_policies_check CHECK (unit = 'minutes' OR NOT open_hours_only),
  CONSTRAINT escalation_policies_funnel_ids_check CHECK (cardinality(funnel_ids) <= 100),
  CONSTRAINT escalation_policies_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 100),
  CONSTRAINT escalation_policies_position_check CHECK ("position" > 0),
  CONSTRAINT escalation_policies_priorities_check CHECK (priorities <@ ARRAY['low', 'medium', 'high', 'urgent']),
  CONSTRAINT escalation_policies_repeat_after_check CHECK (repeat_after >= 1 AND repeat_after <= 10080),
  CONSTRAINT escalation_policies_repeats_check CHECK (repeats >= 0 AND repeats <= 10),
  CONSTRAINT escalation_policies_steps_check CHECK (jsonb_typeof(steps) = 'array' AND jsonb_array_length(steps) >= 1 AND jsonb_array_length(steps) <= 10),
  CONSTRAINT escalation_policies_unit_check CHECK (unit IN ('minutes', 'seconds'))
);

CREATE INDEX escalation_policies_business_id ON messaging.escalation_policies (business_id, "position");

CREATE TRIGGER keep_event_reader AFTER INSERT OR DELETE OR UPDATE OF is_active ON messaging.escalation_policies FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_event_reader('escalation');

CREATE POLICY caller_reads ON messaging.escalation_policies FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.escalation_policies FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.escalation_policies FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.escalation_policies FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.escalation_policies FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.escalation_policies TO authenticated;
GRANT INSERT, SELECT ON messaging.escalation_policies TO messaging_worker;
GRANT UPDATE ("position", name, priorities, funnel_ids, open_hours_only, unit, steps, repeats, repeat_after, is_active, updated_at) ON messaging.escalation_policies TO authenticated;

CREATE TABLE messaging.escalations (
  message_id uuid NOT NULL,
  business_id uuid NOT NULL,
  policy_id uuid NOT NULL,
  policy jsonb NOT NULL,
  event_id bigint NOT NULL,
  step smallint DEFAULT 0 NOT NULL,
  round smallint DEFAULT 0 NOT NULL,
  base_at timestamptz NOT NULL,
  next_at timestamptz,
  ended_because text,
  last_error text,
  started_at timestamptz NOT NULL,
  CONSTRAINT escalations_pkey PRIMARY KEY (message_id),
  CONSTRAINT escalations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT escalations_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT escalations_check CHECK ((next_at IS NULL) = (ended_because IS NOT NULL)),
  CONSTRAINT escalations_ended_because_check CHECK (ended_because IN ('acted', 'finished', 'policy-removed')),
  CONSTRAINT escalations_round_check CHECK (round >= 0),
  CONSTRAINT escalations_step_check CHECK (step >= 0)
);

CREATE INDEX escalations_business_id ON messaging.escalations (business_id);
CREATE INDEX escalations_next_at ON messaging.escalations (next_at)
  WHERE (next_at IS NOT NULL);

CREATE POLICY caller_reads ON messaging.escalations FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.escalations FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT, UPDATE ON messaging.escalations TO messaging_worker;
GRANT SELECT (message_id, business_id, policy, step, round, base_at, next_at, ended_because, started_at) ON messaging.escalations TO authenticated;

CREATE TABLE messaging.event_readers (
  business_id uuid NOT NULL,
  reader text NOT NULL,
  tx xid8 NOT NULL,
  event_id bigint DEFAULT 0 NOT NULL,
  CONSTRAINT event_readers_pkey PRIMARY KEY (business_id, reader),
  CONSTRAINT event_readers_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT event_readers_reader_check CHECK (reader IN ('assignment', 'escalation', 'notification'))
);

CREATE POLICY worker_all ON messaging.event_readers FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.event_readers TO messaging_worker;
GRANT UPDATE (tx, event_id) ON messaging.event_readers TO messaging_worker;

CREATE TABLE messaging.fallbacks (
  business_id uuid NOT NULL,
  channel text NOT NULL,
  "position" smallint NOT NULL,
  fallback text NOT NULL,
  CONSTRAINT fallbacks_pkey PRIMARY KEY (business_id, channel, "position"),
  CONSTRAINT fallbacks_business_id_channel_fallback_key UNIQUE (business_id, channel, fallback),
  CONSTRAINT fallbacks_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT fallbacks_channel_check CHECK (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT fallbacks_check CHECK (channel <> fallback),
  CONSTRAINT fallbacks_fallback_check CHECK (fallback ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT fallbacks_position_check CHECK ("position" > 0)
);

CREATE POLICY caller_adds ON messaging.fallbacks FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_changes ON messaging.fallbacks FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_deletes ON messaging.fallbacks FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.fallbacks FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.fallbacks FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.fallbacks TO authenticated;
GRANT SELECT ON messaging.fallbacks TO messaging_worker;

CREATE TABLE messaging.figures_kept (
  business_id uuid NOT NULL,
  basis text,
  since date,
  until date,
  CONSTRAINT figures_kept_pkey PRIMARY KEY (business_id),
  CONSTRAINT figures_kept_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE POLICY caller_reads ON messaging.figures_kept FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.figures_kept FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.figures_kept TO authenticated;
GRANT INSERT, SELECT ON messaging.figures_kept TO messaging_worker;
GRANT UPDATE (basis, since, until) ON messaging.figures_kept TO messaging_worker;

CREATE TABLE messaging.figures_stale (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT figures_stale_pkey PRIMARY KEY (id),
  CONSTRAINT figures_stale_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE INDEX figures_stale_business_id ON messaging.figures_stale (business_id, at);

CREATE POLICY caller_reads ON messaging.figures_stale FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.figures_stale FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.figures_stale TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.figures_stale TO messaging_worker;

CREATE TABLE messaging.funnel_origins (
  funnel_id uuid NOT NULL,
  origin text NOT NULL,
  CONSTRAINT funnel_origins_pkey PRIMARY KEY (funnel_id, origin),
  CONSTRAINT funnel_origins_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT funnel_origins_origin_check CHECK (origin ~ '^https?://[^/]+$')
);

CREATE INDEX funnel_origins_origin ON messaging.funnel_origins (origin);

CREATE POLICY caller_adds ON messaging.funnel_origins FOR INSERT TO authenticated
  WITH CHECK (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('key') f(id, name, created_at)))));
CREATE POLICY caller_deletes ON messaging.funnel_origins FOR DELETE TO authenticated
  USING (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('key') f(id, name, created_at)))));
CREATE POLICY caller_reads ON messaging.funnel_origins FOR SELECT TO authenticated
  USING (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('viewer') f(id, name, created_at)))));
CREATE POLICY intake_reads ON messaging.funnel_origins FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY worker_all ON messaging.funnel_origins FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.funnel_origins TO authenticated;
GRANT SELECT ON messaging.funnel_origins TO messaging_intake;
GRANT SELECT ON messaging.funnel_origins TO messaging_worker;

CREATE TABLE messaging.funnel_settings (
  funnel_id uuid NOT NULL,
  slug text NOT NULL,
  is_active boolean DEFAULT true NOT NULL,
  title text,
  intro text,
  created_at timestamptz DEFAULT now() NOT NULL,
  visitor_receipts text[] DEFAULT '{}'::text[] NOT NULL,
  CONSTRAINT funnel_settings_pkey PRIMARY KEY (funnel_id),
  CONSTRAINT funnel_settings_slug_key UNIQUE (slug),
  CONSTRAINT funnel_settings_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT funnel_settings_intro_check CHECK (char_length(intro) <= 500),
  CONSTRAINT funnel_settings_slug_check CHECK (slug ~ '^[a-z0-9](-?[a-z0-9]){1,62}$'),
  CONSTRAINT funnel_settings_title_check CHECK (char_length(title) <= 200),
  CONSTRAINT funnel_settings_visitor_receipts_check CHECK (visitor_receipts <@ ARRAY['email', 'sms'] AND cardinality(visitor_receipts) <= 2)
);

CREATE INDEX funnel_settings_visitor_receipts ON messaging.funnel_settings (funnel_id)
  WHERE (visitor_receipts <> '{}'::text[]);

CREATE POLICY caller_adds ON messaging.funnel_settings FOR INSERT TO authenticated
  WITH CHECK (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('key') f(id, name, created_at)))));
CREATE POLICY caller_changes ON messaging.funnel_settings FOR UPDATE TO authenticated
  USING (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('key') f(id, name, created_at)))));
CREATE POLICY caller_reads ON messaging.funnel_settings FOR SELECT TO authenticated
  USING (funnel_id = ANY ((ARRAY( SELECT f.id
   FROM messaging.my_funnels('viewer') f(id, name, created_at)))));
CREATE POLICY intake_reads ON messaging.funnel_settings FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY worker_all ON messaging.funnel_settings FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.funnel_settings TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.funnel_settings TO messaging_worker;
GRANT INSERT (funnel_id, slug, is_active, title, intro, created_at, visitor_receipts) ON messaging.funnel_settings TO authenticated;
GRANT UPDATE (slug, is_active, title, intro, visitor_receipts) ON messaging.funnel_settings TO authenticated;
GRANT SELECT (funnel_id, is_active) ON messaging.funnel_settings TO messaging_intake;

CREATE TABLE messaging.idempotency_keys (
  business_id uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status smallint NOT NULL,
  location text,
  answer text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (business_id, operation, key),
  CONSTRAINT idempotency_keys_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT idempotency_keys_key_check CHECK (char_length(key) >= 1 AND char_length(key) <= 255)
);

CREATE INDEX idempotency_keys_created_at ON messaging.idempotency_keys (created_at);

CREATE POLICY caller_forgets ON messaging.idempotency_keys FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY caller_keeps ON messaging.idempotency_keys FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY caller_recalls ON messaging.idempotency_keys FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.idempotency_keys FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.idempotency_keys TO authenticated;
GRANT DELETE, SELECT ON messaging.idempotency_keys TO messaging_worker;

CREATE TABLE messaging.instances (
  id uuid NOT NULL,
  keys jsonb NOT NULL,
  settings jsonb NOT NULL,
  started_at timestamptz DEFAULT clock_timestamp() NOT NULL,
  seen_at timestamptz DEFAULT clock_timestamp() NOT NULL,
  providers jsonb DEFAULT '[]'::jsonb NOT NULL,
  CONSTRAINT instances_pkey PRIMARY KEY (id)
);

CREATE POLICY worker_all ON messaging.instances FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.instances TO messaging_worker;

CREATE TABLE messaging.invitations (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  pressed_by bytea,
  CONSTRAINT invitations_pkey PRIMARY KEY (id),
  CONSTRAINT invitations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT invitations_check CHECK (expires_at > created_at),
  CONSTRAINT invitations_email_check CHECK (email = lower(email) AND char_length(email) >= 3 AND char_length(email) <= 254),
  CONSTRAINT invitations_role_check CHECK (role IN ('owner', 'agent', 'viewer'))
);

CREATE INDEX invitations_business_id ON messaging.invitations (business_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX invitations_open ON messaging.invitations (business_id, email)
  WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));

CREATE TRIGGER goes_out AFTER INSERT ON messaging.invitations FOR EACH ROW
  EXECUTE FUNCTION messaging.send_invitation();

CREATE POLICY caller_reads ON messaging.invitations FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.invitations FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_changes ON messaging.invitations FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.invitations FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.invitations TO authenticated;
GRANT INSERT, SELECT ON messaging.invitations TO messaging_worker;
GRANT INSERT (id, business_id, email, role, invited_by, created_at, expires_at) ON messaging.invitations TO authenticated;
GRANT UPDATE (withdrawn_at) ON messaging.invitations TO authenticated;
GRANT UPDATE (accepted_at, pressed_by) ON messaging.invitations TO messaging_worker;

CREATE TABLE messaging.lead_figures (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  day date NOT NULL,
  hour smallint NOT NULL,
  funnel_id uuid,
  priority text,
  received integer NOT NULL,
  held integer NOT NULL,
  acknowledged integer NOT NULL,
  responded integer NOT NULL,
  owing integer NOT NULL,
  prompt integer NOT NULL,
  to_acknowledge integer[] DEFAULT '{}'::integer[] NOT NULL,
  to_acknowledge_open integer[] DEFAULT '{}'::integer[] NOT NULL,
  to_respond integer[] DEFAULT '{}'::integer[] NOT NULL,
  to_respond_open integer[] DEFAULT '{}'::integer[] NOT NULL,
  notified integer DEFAULT 0 NOT NULL,
  reached integer DEFAULT 0 NOT NULL,
  sla_met integer DEFAULT 0 NOT NULL,
  sla_missed integer DEFAULT 0 NOT NULL,
  next_due timestamptz,
  CONSTRAINT lead_figures_pkey PRIMARY KEY (id),
  CONSTRAINT lead_figures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT lead_figures_hour_check CHECK (hour >= 0 AND hour <= 23)
);

CREATE INDEX lead_figures_business_id ON messaging.lead_figures (business_id, day);
CREATE INDEX lead_figures_next_due ON messaging.lead_figures (business_id, next_due)
  WHERE (next_due IS NOT NULL);

CREATE POLICY caller_reads ON messaging.lead_figures FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.lead_figures FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.lead_figures TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.lead_figures TO messaging_worker;

CREATE TABLE messaging.member_addresses (
  business_id uuid NOT NULL,
  user_id uuid NOT NULL,
  channel text NOT NULL,
  address text NOT NULL,
  confirmed_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT member_addresses_pkey PRIMARY KEY (business_id, user_id, channel),
  CONSTRAINT member_addresses_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT member_addresses_address_check CHECK (char_length(address) >= 3 AND char_length(address) <= 320),
  CONSTRAINT member_addresses_channel_check CHECK (channel IN ('email', 'sms'))
);

CREATE POLICY member_deletes ON messaging.member_addresses FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND user_id = (SELECT messaging.calling_person()));
CREATE POLICY member_reads ON messaging.member_addresses FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND user_id = (SELECT messaging.calling_person()));
CREATE POLICY worker_all ON messaging.member_addresses FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.member_addresses TO authenticated;
GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.member_addresses TO messaging_worker;

CREATE TABLE messaging.message_events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  tx xid8 DEFAULT messaging.place_of(pg_current_xact_id()) NOT NULL,
  business_id uuid NOT NULL,
  message_id uuid,
  type text NOT NULL,
  data jsonb DEFAULT '{}'::jsonb NOT NULL,
  owed smallint DEFAULT 0 NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT message_events_pkey PRIMARY KEY (id),
  CONSTRAINT message_events_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT message_events_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT message_events_owed_check CHECK (owed >= 0),
  CONSTRAINT message_events_type_check CHECK (type ~ '^[a-z]+(\.[a-z_]+)+$')
);

CREATE INDEX message_events_business_id ON messaging.message_events (business_id, tx, id);
CREATE INDEX message_events_message_id ON messaging.message_events (message_id, id);

CREATE TRIGGER count_subscribers BEFORE INSERT ON messaging.message_events FOR EACH ROW
  WHEN (new.type <> ALL (ARRAY['message.created', 'delivery.updated', 'delivery.fell_back']))
  EXECUTE FUNCTION messaging.count_subscribers();
CREATE TRIGGER tell_subscribers AFTER INSERT ON messaging.message_events FOR EACH ROW
  WHEN ((new.type <> ALL (ARRAY['message.created', 'delivery.updated', 'delivery.fell_back'])) AND new.owed > 0)
  EXECUTE FUNCTION messaging.tell_subscribers();

CREATE POLICY caller_announces ON messaging.message_events FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.message_events FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY intake_adds ON messaging.message_events FOR INSERT TO messaging_intake
  WITH CHECK (true);
CREATE POLICY worker_all ON messaging.message_events FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.message_events TO authenticated;
GRANT INSERT, SELECT ON messaging.message_events TO messaging_worker;
GRANT INSERT (business_id, message_id, type, data, created_at) ON messaging.message_events TO authenticated;
GRANT INSERT (business_id, message_id, type, data, owed, created_at) ON messaging.message_events TO messaging_intake;

CREATE TABLE messaging.notes (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  message_id uuid NOT NULL,
  author_id uuid NOT NULL,
  author text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT notes_pkey PRIMARY KEY (id),
  CONSTRAINT notes_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT notes_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT notes_body_check CHECK (char_length(body) >= 1 AND char_length(body) <= 4000)
);

CREATE INDEX notes_business_id ON messaging.notes (business_id);
CREATE INDEX notes_message_id ON messaging.notes (message_id, created_at, id);

CREATE POLICY caller_adds ON messaging.notes FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_deletes ON messaging.notes FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')) AND (author_id = (SELECT auth.uid()) OR business_id = (SELECT messaging.acting_for('key'))));
CREATE POLICY caller_reads ON messaging.notes FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.notes FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.notes TO authenticated;
GRANT SELECT ON messaging.notes TO messaging_worker;
GRANT INSERT (id, business_id, message_id, author_id, author, body, created_at) ON messaging.notes TO authenticated;

CREATE TABLE messaging.outcome_rules (
  business_id uuid NOT NULL,
  outcome text NOT NULL,
  action text NOT NULL,
  after_minutes integer,
  open_hours_only boolean DEFAULT false NOT NULL,
  CONSTRAINT outcome_rules_pkey PRIMARY KEY (business_id, outcome),
  CONSTRAINT outcome_rules_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT outcome_rules_action_check CHECK (action IN ('again', 'close', 'nothing')),
  CONSTRAINT outcome_rules_after_minutes_check CHECK (after_minutes >= 1 AND after_minutes <= 10080),
  CONSTRAINT outcome_rules_check CHECK ((action = 'again') = (after_minutes IS NOT NULL)),
  CONSTRAINT outcome_rules_outcome_check CHECK (outcome IN ('reached', 'voicemail', 'no_answer', 'wrong_number', 'not_interested', 'booked'))
);

CREATE POLICY caller_reads ON messaging.outcome_rules FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.outcome_rules FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.outcome_rules FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.outcome_rules FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.outcome_rules TO authenticated;
GRANT SELECT ON messaging.outcome_rules TO messaging_worker;

CREATE TABLE messaging.people (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  email text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT people_pkey PRIMARY KEY (id),
  CONSTRAINT people_email_key UNIQUE (email),
  CONSTRAINT people_email_check CHECK (email = lower(email) AND char_length(email) >= 3 AND char_length(email) <= 254)
);

CREATE POLICY worker_all ON messaging.people FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.people TO messaging_worker;
GRANT UPDATE (email) ON messaging.people TO messaging_worker;

CREATE TABLE messaging.personal_preferences (
  business_id uuid NOT NULL,
  person_id uuid NOT NULL,
  show_badge boolean,
  show_toast boolean,
  sound text,
  updated_at timestamptz NOT NULL,
  events jsonb DEFAULT '{}'::jsonb NOT NULL,
  sms_urgent_only boolean,
  daily_summary boolean,
  weekly_summary boolean,
  summary_hour smallint,
  summary_weekday smallint,
  time_zone text,
  CONSTRAINT personal_preferences_pkey PRIMARY KEY (business_id, person_id),
  CONSTRAINT personal_preferences_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT personal_preferences_events_check CHECK (jsonb_typeof(events) = 'object' AND pg_column_size(events) <= 4096),
  CONSTRAINT personal_preferences_sound_check CHECK (sound IN ('silent', 'once', 'until-read')),
  CONSTRAINT personal_preferences_summary_hour_check CHECK (summary_hour >= 0 AND summary_hour <= 23),
  CONSTRAINT personal_preferences_summary_weekday_check CHECK (summary_weekday >= 1 AND summary_weekday <= 7),
  CONSTRAINT personal_preferences_time_zone_check CHECK (char_length(time_zone) <= 64)
);

CREATE TRIGGER keep_event_reader AFTER INSERT OR DELETE OR UPDATE OF events ON messaging.personal_preferences FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_event_reader('notification');

CREATE POLICY caller_adds ON messaging.personal_preferences FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_changes ON messaging.personal_preferences FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()))
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_reads ON messaging.personal_preferences FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY worker_all ON messaging.personal_preferences FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.personal_preferences TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.personal_preferences TO messaging_worker;
GRANT UPDATE (show_badge, show_toast, sound, updated_at, events, sms_urgent_only, daily_summary, weekly_summary, summary_hour, summary_weekday, time_zone) ON messaging.personal_preferences TO authenticated;
GRANT UPDATE (updated_at, events) ON messaging.personal_preferences TO messaging_worker;

CREATE TABLE messaging.push_devices (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  person_id uuid NOT NULL,
  label text NOT NULL,
  endpoint_hash bytea NOT NULL,
  device text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT push_devices_pkey PRIMARY KEY (id),
  CONSTRAINT push_devices_business_id_person_id_endpoint_hash_key UNIQUE (business_id, person_id, endpoint_hash),
  CONSTRAINT push_devices_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT push_devices_label_check CHECK (char_length(label) >= 1 AND char_length(label) <= 100)
);

CREATE INDEX push_devices_endpoint_hash ON messaging.push_devices (endpoint_hash);

CREATE TRIGGER keep_event_reader AFTER INSERT OR DELETE ON messaging.push_devices FOR EACH ROW
  EXECUTE FUNCTION messaging.keep_event_reader('notification');
CREATE TRIGGER take_over_device AFTER INSERT ON messaging.push_devices FOR EACH ROW
  EXECUTE FUNCTION messaging.take_over_device();

CREATE POLICY caller_adds ON messaging.push_devices FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_changes ON messaging.push_devices FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_deletes ON messaging.push_devices FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY caller_reads ON messaging.push_devices FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND person_id = (SELECT messaging.calling_person()));
CREATE POLICY worker_all ON messaging.push_devices FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE ON messaging.push_devices TO authenticated;
GRANT DELETE, SELECT ON messaging.push_devices TO messaging_worker;
GRANT INSERT (business_id, person_id, label, endpoint_hash, device, created_at) ON messaging.push_devices TO authenticated;
GRANT SELECT (id, business_id, person_id, label, endpoint_hash, created_at) ON messaging.push_devices TO authenticated;
GRANT UPDATE (label, device) ON messaging.push_devices TO authenticated;
GRANT UPDATE (device) ON messaging.push_devices TO messaging_worker;

CREATE TABLE messaging.push_keys (
  is_only boolean DEFAULT true NOT NULL,
  public_key text NOT NULL,
  private_key text NOT NULL,
  CONSTRAINT push_keys_pkey PRIMARY KEY (is_only),
  CONSTRAINT push_keys_is_only_check CHECK (is_only)
);

CREATE POLICY worker_all ON messaging.push_keys FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.push_keys TO messaging_worker;
GRANT UPDATE (private_key) ON messaging.push_keys TO messaging_worker;

CREATE TABLE messaging.reassignments (
  message_id uuid NOT NULL,
  business_id uuid NOT NULL,
  member_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  tried uuid[] NOT NULL,
  CONSTRAINT reassignments_pkey PRIMARY KEY (message_id),
  CONSTRAINT reassignments_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT reassignments_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE
);

CREATE INDEX reassignments_business_id ON messaging.reassignments (business_id, due_at);

CREATE POLICY worker_all ON messaging.reassignments FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.reassignments TO messaging_worker;
GRANT UPDATE (member_id, due_at, tried) ON messaging.reassignments TO messaging_worker;

CREATE TABLE messaging.recent_requests (
  funnel_id uuid NOT NULL,
  contact bytea NOT NULL,
  content bytea NOT NULL,
  message_id uuid NOT NULL,
  previous_id uuid,
  priority text NOT NULL,
  requested_at timestamptz NOT NULL,
  times integer DEFAULT 1 NOT NULL,
  CONSTRAINT recent_requests_pkey PRIMARY KEY (funnel_id, contact),
  CONSTRAINT recent_requests_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT recent_requests_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE
) WITH (fillfactor=80);

CREATE INDEX recent_requests_message_id ON messaging.recent_requests (message_id);
CREATE INDEX recent_requests_requested_at ON messaging.recent_requests (requested_at);

CREATE TRIGGER count_seen_again AFTER UPDATE OF times ON messaging.recent_requests FOR EACH ROW
  WHEN (new.message_id = old.message_id AND new.times > old.times)
  EXECUTE FUNCTION messaging.count_seen_again();

CREATE POLICY intake_writes ON messaging.recent_requests FOR ALL TO messaging_intake
  USING (true)
  WITH CHECK (true);
CREATE POLICY worker_all ON messaging.recent_requests FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.recent_requests TO messaging_intake;
GRANT DELETE, SELECT ON messaging.recent_requests TO messaging_worker;
GRANT UPDATE (content, message_id, previous_id, priority, requested_at, times) ON messaging.recent_requests TO messaging_intake;

CREATE TABLE messaging.reminders (
  message_id uuid NOT NULL,
  business_id uuid NOT NULL,
  at timestamptz NOT NULL,
  set_by uuid,
  CONSTRAINT reminders_pkey PRIMARY KEY (message_id),
  CONSTRAINT reminders_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT reminders_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE
);

CREATE INDEX reminders_at ON messaging.reminders (at);
CREATE INDEX reminders_business_id ON messaging.reminders (business_id);

CREATE POLICY worker_all ON messaging.reminders FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.reminders TO messaging_worker;

CREATE TABLE messaging.repeats (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  message_id uuid NOT NULL,
  repeated_at timestamptz NOT NULL,
  CONSTRAINT repeats_pkey PRIMARY KEY (id)
);

CREATE INDEX repeats_message_id ON messaging.repeats (message_id, id);

CREATE POLICY worker_all ON messaging.repeats FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.repeats TO messaging_worker;

CREATE TABLE messaging.response_figures (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  business_id uuid NOT NULL,
  day date NOT NULL,
  funnel_id uuid,
  priority text,
  to_acknowledge bytea NOT NULL,
  to_acknowledge_open bytea NOT NULL,
  to_respond bytea NOT NULL,
  to_respond_open bytea NOT NULL,
  member_id uuid,
  CONSTRAINT response_figures_pkey PRIMARY KEY (id),
  CONSTRAINT response_figures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE INDEX response_figures_business_id ON messaging.response_figures (business_id, day);

CREATE POLICY caller_reads ON messaging.response_figures FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.response_figures FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.response_figures TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.response_figures TO messaging_worker;

CREATE TABLE messaging.rota_overrides (
  business_id uuid NOT NULL,
  day date NOT NULL,
  starts time without time zone NOT NULL,
  ends time without time zone NOT NULL,
  member_id uuid,
  CONSTRAINT rota_overrides_pkey PRIMARY KEY (business_id, day, starts),
  CONSTRAINT rota_overrides_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT rota_overrides_check CHECK (ends > starts)
);

CREATE POLICY caller_reads ON messaging.rota_overrides FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.rota_overrides FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.rota_overrides FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.rota_overrides FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.rota_overrides TO authenticated;
GRANT DELETE, SELECT ON messaging.rota_overrides TO messaging_worker;

CREATE TABLE messaging.rota_shifts (
  business_id uuid NOT NULL,
  weekday smallint NOT NULL,
  starts time without time zone NOT NULL,
  ends time without time zone NOT NULL,
  member_id uuid NOT NULL,
  CONSTRAINT rota_shifts_pkey PRIMARY KEY (business_id, weekday, starts),
  CONSTRAINT rota_shifts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT rota_shifts_check CHECK (ends > starts),
  CONSTRAINT rota_shifts_weekday_check CHECK (weekday >= 1 AND weekday <= 7)
);

CREATE POLICY caller_reads ON messaging.rota_shifts FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY owner_adds ON messaging.rota_shifts FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY owner_deletes ON messaging.rota_shifts FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('owner')));
CREATE POLICY worker_all ON messaging.rota_shifts FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.rota_shifts TO authenticated;
GRANT DELETE, SELECT ON messaging.rota_shifts TO messaging_worker;

CREATE TABLE messaging.sandbox_messages (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  channel text NOT NULL,
  recipient text NOT NULL,
  subject text,
  body text NOT NULL,
  html text,
  headers jsonb DEFAULT '{}'::jsonb NOT NULL,
  caught_at timestamptz NOT NULL,
  CONSTRAINT sandbox_messages_pkey PRIMARY KEY (id)
);

CREATE POLICY worker_all ON messaging.sandbox_messages FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.sandbox_messages TO messaging_worker;

CREATE TABLE messaging.saved_views (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  owner_id uuid,
  name text NOT NULL,
  filter jsonb NOT NULL,
  "position" integer DEFAULT 0 NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT saved_views_pkey PRIMARY KEY (id),
  CONSTRAINT saved_views_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT saved_views_filter_check CHECK (jsonb_typeof(filter) = 'object'),
  CONSTRAINT saved_views_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 60)
);

CREATE INDEX saved_views_business_id ON messaging.saved_views (business_id, "position", id);

CREATE TRIGGER announce_view AFTER INSERT OR DELETE OR UPDATE OF filter, owner_id ON messaging.saved_views FOR EACH ROW
  EXECUTE FUNCTION messaging.announce_view();

CREATE POLICY caller_adds ON messaging.saved_views FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND
CASE
    WHEN owner_id IS NULL THEN business_id = (SELECT messaging.acting_for('agent'))
    ELSE owner_id = (SELECT auth.uid())
END);
CREATE POLICY caller_changes ON messaging.saved_views FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND
CASE
    WHEN owner_id IS NULL THEN business_id = (SELECT messaging.acting_for('agent'))
    ELSE owner_id = (SELECT auth.uid())
END)
  WITH CHECK (business_id = (SELECT messaging.acting_for('viewer')) AND
CASE
    WHEN owner_id IS NULL THEN business_id = (SELECT messaging.acting_for('agent'))
    ELSE owner_id = (SELECT auth.uid())
END);
CREATE POLICY caller_deletes ON messaging.saved_views FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND
CASE
    WHEN owner_id IS NULL THEN business_id = (SELECT messaging.acting_for('agent'))
    ELSE owner_id = (SELECT auth.uid())
END);
CREATE POLICY caller_reads ON messaging.saved_views FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')) AND (owner_id IS NULL OR owner_id = (SELECT messaging.calling_person())));
CREATE POLICY worker_all ON messaging.saved_views FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.saved_views TO authenticated;
GRANT SELECT ON messaging.saved_views TO messaging_worker;
GRANT UPDATE (owner_id, name, filter, "position", updated_at) ON messaging.saved_views TO authenticated;

CREATE TABLE messaging.sessions (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  person_id uuid NOT NULL,
  hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  device text,
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_hash_key UNIQUE (hash),
  CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES messaging.people(id) ON DELETE CASCADE,
  CONSTRAINT sessions_check CHECK (expires_at > created_at),
  CONSTRAINT sessions_device_check CHECK (char_length(device) >= 1 AND char_length(device) <= 60)
);

CREATE INDEX sessions_person_id ON messaging.sessions (person_id);

CREATE POLICY worker_all ON messaging.sessions FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.sessions TO messaging_worker;
GRANT UPDATE (last_used_at, ended_at) ON messaging.sessions TO messaging_worker;

CREATE TABLE messaging.sign_in_links (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  person_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  pressed_by bytea,
  invitation_id uuid,
  CONSTRAINT sign_in_links_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_links_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES messaging.invitations(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES messaging.people(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_links_check CHECK (expires_at > created_at)
);

CREATE INDEX sign_in_links_invitation_id ON messaging.sign_in_links (invitation_id)
  WHERE (invitation_id IS NOT NULL);
CREATE INDEX sign_in_links_person_id ON messaging.sign_in_links (person_id, created_at DESC);

CREATE POLICY worker_all ON messaging.sign_in_links FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.sign_in_links TO messaging_worker;
GRANT UPDATE (used_at, pressed_by) ON messaging.sign_in_links TO messaging_worker;

CREATE TABLE messaging.silences (
  funnel_id uuid NOT NULL,
  business_id uuid NOT NULL,
  since timestamptz NOT NULL,
  expected numeric(12,1) NOT NULL,
  checked_at timestamptz NOT NULL,
  CONSTRAINT silences_pkey PRIMARY KEY (funnel_id),
  CONSTRAINT silences_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT silences_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT silences_expected_check CHECK (expected > 0::numeric)
);

CREATE INDEX silences_business_id ON messaging.silences (business_id);

CREATE POLICY caller_reads ON messaging.silences FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.silences FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.silences TO authenticated;
GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.silences TO messaging_worker;

CREATE TABLE messaging.sms_charges (
  delivery_id uuid NOT NULL,
  business_id uuid NOT NULL,
  attempts_before integer NOT NULL,
  cause text NOT NULL,
  recipient bigint NOT NULL,
  parts integer NOT NULL,
  cost numeric(14,4) NOT NULL,
  is_returned boolean DEFAULT false NOT NULL,
  charged_at timestamptz NOT NULL,
  CONSTRAINT sms_charges_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT sms_charges_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT sms_charges_parts_check CHECK (parts > 0)
);

CREATE INDEX sms_charges_business_id ON messaging.sms_charges (business_id, charged_at);
CREATE INDEX sms_charges_charged_at ON messaging.sms_charges (charged_at);
CREATE INDEX sms_charges_recipient ON messaging.sms_charges (recipient, charged_at);
CREATE INDEX sms_charges_returned ON messaging.sms_charges (business_id)
  WHERE is_returned;

CREATE POLICY caller_reads ON messaging.sms_charges FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.sms_charges FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.sms_charges TO messaging_worker;
GRANT SELECT (business_id, cause, parts, cost, is_returned, charged_at) ON messaging.sms_charges TO authenticated;

CREATE TABLE messaging.sms_limits (
  business_id uuid NOT NULL,
  per_day integer,
  per_month integer,
  reserve smallint,
  countries text[],
  updated_at timestamptz NOT NULL,
  CONSTRAINT sms_limits_pkey PRIMARY KEY (business_id),
  CONSTRAINT sms_limits_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT sms_limits_countries_check CHECK (cardinality(countries) >= 1 AND cardinality(countries) <= 250),
  CONSTRAINT sms_limits_per_day_check CHECK (per_day >= 0 AND per_day <= 1000000),
  CONSTRAINT sms_limits_per_month_check CHECK (per_month >= 0 AND per_month <= 10000000),
  CONSTRAINT sms_limits_reserve_check CHECK (reserve >= 0 AND reserve <= 90)
);

CREATE POLICY caller_reads ON messaging.sms_limits FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.sms_limits FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.sms_limits TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.sms_limits TO messaging_worker;

CREATE TABLE messaging.sms_usage (
  business_id uuid NOT NULL,
  unit text NOT NULL,
  begins_on date NOT NULL,
  messages integer DEFAULT 0 NOT NULL,
  parts integer DEFAULT 0 NOT NULL,
  cost numeric(14,4) DEFAULT 0 NOT NULL,
  refused integer DEFAULT 0 NOT NULL,
  CONSTRAINT sms_usage_pkey PRIMARY KEY (business_id, unit, begins_on),
  CONSTRAINT sms_usage_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT sms_usage_unit_check CHECK (unit IN ('day', 'month'))
);

CREATE POLICY caller_reads ON messaging.sms_usage FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.sms_usage FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.sms_usage TO authenticated;
GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.sms_usage TO messaging_worker;

CREATE TABLE messaging.submitted_keys (
  funnel_id uuid NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  message_id uuid NOT NULL,
  submitted_at timestamptz NOT NULL,
  times integer DEFAULT 1 NOT NULL,
  CONSTRAINT submitted_keys_pkey PRIMARY KEY (funnel_id, key),
  CONSTRAINT submitted_keys_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE CASCADE,
  CONSTRAINT submitted_keys_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT submitted_keys_key_check CHECK (char_length(key) >= 1 AND char_length(key) <= 255)
);

CREATE INDEX submitted_keys_message_id ON messaging.submitted_keys (message_id);
CREATE INDEX submitted_keys_submitted_at ON messaging.submitted_keys (submitted_at);

CREATE POLICY intake_writes ON messaging.submitted_keys FOR ALL TO messaging_intake
  USING (true)
  WITH CHECK (true);
CREATE POLICY worker_all ON messaging.submitted_keys FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.submitted_keys TO messaging_intake;
GRANT DELETE, SELECT ON messaging.submitted_keys TO messaging_worker;
GRANT UPDATE (body_hash, message_id, submitted_at, times) ON messaging.submitted_keys TO messaging_intake;

CREATE TABLE messaging.suppressions (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  channel text NOT NULL,
  address text NOT NULL,
  reason text NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT suppressions_pkey PRIMARY KEY (id),
  CONSTRAINT suppressions_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX suppressions_address ON messaging.suppressions (business_id, channel, lower(address));

CREATE POLICY caller_deletes ON messaging.suppressions FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.suppressions FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.suppressions FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.suppressions TO authenticated;
GRANT DELETE, INSERT, SELECT ON messaging.suppressions TO messaging_worker;

CREATE TABLE messaging.switched_targets (
  lane uuid NOT NULL,
  channel text NOT NULL,
  business_id uuid NOT NULL,
  next_due_at timestamptz NOT NULL,
  moved_at timestamptz DEFAULT clock_timestamp() NOT NULL,
  CONSTRAINT switched_targets_pkey PRIMARY KEY (lane)
);

CREATE INDEX switched_targets_moved_at ON messaging.switched_targets (moved_at);

CREATE POLICY worker_all ON messaging.switched_targets FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT, UPDATE ON messaging.switched_targets TO messaging_worker;

CREATE TABLE messaging.tags (
  business_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT tags_pkey PRIMARY KEY (business_id, name),
  CONSTRAINT tags_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT tags_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 40 AND name = lower(name))
);

CREATE POLICY caller_adds ON messaging.tags FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_deletes ON messaging.tags FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.tags FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.tags FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.tags TO authenticated;
GRANT SELECT ON messaging.tags TO messaging_worker;

CREATE TABLE messaging.templates (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  channel text NOT NULL,
  name text NOT NULL,
  subject text,
  body text NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT templates_pkey PRIMARY KEY (id),
  CONSTRAINT templates_business_id_channel_name_key UNIQUE (business_id, channel, name),
  CONSTRAINT templates_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT templates_body_check CHECK (char_length(body) >= 1 AND char_length(body) <= 5000),
  CONSTRAINT templates_channel_check CHECK (channel IN ('email', 'sms')),
  CONSTRAINT templates_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 100),
  CONSTRAINT templates_subject_check CHECK (char_length(subject) <= 200)
);

CREATE POLICY caller_adds ON messaging.templates FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_changes ON messaging.templates FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_deletes ON messaging.templates FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.templates FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.templates FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.templates TO authenticated;
GRANT SELECT ON messaging.templates TO messaging_worker;
GRANT UPDATE (channel, name, subject, body, updated_at) ON messaging.templates TO authenticated;

CREATE TABLE messaging.thread_entries (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  message_id uuid NOT NULL,
  direction text NOT NULL,
  channel text NOT NULL,
  recipient text,
  subject text,
  body text NOT NULL,
  author_id uuid,
  author text,
  template_id uuid,
  delivery_id uuid,
  mail_id text,
  created_at timestamptz NOT NULL,
  sender text,
  original text,
  is_automatic boolean DEFAULT false NOT NULL,
  attachments jsonb DEFAULT '[]'::jsonb NOT NULL,
  received_id text,
  CONSTRAINT thread_entries_pkey PRIMARY KEY (id),
  CONSTRAINT thread_entries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT thread_entries_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES messaging.deliveries(id) ON DELETE SET NULL,
  CONSTRAINT thread_entries_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT thread_entries_template_id_fkey FOREIGN KEY (template_id) REFERENCES messaging.templates(id) ON DELETE SET NULL,
  CONSTRAINT thread_entries_attachments_check CHECK (jsonb_typeof(attachments) = 'array'),
  CONSTRAINT thread_entries_body_check CHECK (char_length(body) <= 10000 AND (char_length(body) >= 1 OR received_id IS NOT NULL)),
  CONSTRAINT thread_entries_channel_check CHECK (channel ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT thread_entries_delivery_id_check CHECK (direction = 'in' OR delivery_id IS NULL OR delivery_id = id),
  CONSTRAINT thread_entries_direction_check CHECK (direction IN ('out', 'in')),
  CONSTRAINT thread_entries_original_check CHECK (char_length(original) <= 200000),
  CONSTRAINT thread_entries_received_id_check CHECK (char_length(received_id) >= 1 AND char_length(received_id) <= 1000),
  CONSTRAINT thread_entries_sender_check CHECK (char_length(sender) <= 320),
  CONSTRAINT thread_entries_subject_check CHECK (char_length(subject) <= 200)
);

CREATE INDEX thread_entries_business_id ON messaging.thread_entries (business_id);
CREATE INDEX thread_entries_delivery_id ON messaging.thread_entries (delivery_id)
  WHERE (delivery_id IS NOT NULL);
CREATE INDEX thread_entries_message_id ON messaging.thread_entries (message_id, created_at, id);
CREATE UNIQUE INDEX thread_entries_received_id ON messaging.thread_entries (message_id, received_id)
  WHERE (received_id IS NOT NULL);
CREATE INDEX thread_entries_recipient ON messaging.thread_entries (recipient, created_at)
  WHERE ((channel = 'sms') AND (direction = 'out'));
CREATE INDEX thread_entries_template_id ON messaging.thread_entries (template_id)
  WHERE (template_id IS NOT NULL);

CREATE POLICY caller_adds ON messaging.thread_entries FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY caller_reads ON messaging.thread_entries FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY worker_all ON messaging.thread_entries FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT SELECT ON messaging.thread_entries TO authenticated;
GRANT SELECT ON messaging.thread_entries TO messaging_worker;
GRANT INSERT (id, business_id, message_id, direction, channel, recipient, subject, body, author_id, author, template_id, delivery_id, mail_id, created_at) ON messaging.thread_entries TO authenticated;
GRANT INSERT (id, business_id, message_id, direction, channel, recipient, subject, body, mail_id, created_at, sender, original, is_automatic, attachments, received_id) ON messaging.thread_entries TO messaging_worker;

CREATE TABLE messaging.undoable_changes (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  caller_id uuid NOT NULL,
  transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
  made_at timestamptz NOT NULL,
  leads jsonb NOT NULL,
  CONSTRAINT undoable_changes_pkey PRIMARY KEY (id),
  CONSTRAINT undoable_changes_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE INDEX undoable_changes_caller ON messaging.undoable_changes (business_id, caller_id, made_at);
CREATE INDEX undoable_changes_made_at ON messaging.undoable_changes (made_at);

CREATE POLICY agent_all ON messaging.undoable_changes FOR ALL TO authenticated
  USING (business_id = (SELECT messaging.acting_for('agent')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('agent')));
CREATE POLICY worker_all ON messaging.undoable_changes FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT INSERT, SELECT ON messaging.undoable_changes TO authenticated;
GRANT DELETE, SELECT ON messaging.undoable_changes TO messaging_worker;
GRANT UPDATE (leads) ON messaging.undoable_changes TO authenticated;

CREATE TABLE messaging.unshown_changes (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  message_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  told_from text,
  told_to text,
  has_failed boolean DEFAULT false NOT NULL,
  CONSTRAINT unshown_changes_pkey PRIMARY KEY (id),
  CONSTRAINT unshown_changes_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES messaging.deliveries(id) ON DELETE CASCADE
);

CREATE INDEX unshown_changes_delivery_id ON messaging.unshown_changes (delivery_id);
CREATE INDEX unshown_changes_message_id ON messaging.unshown_changes (message_id, id);

CREATE POLICY worker_all ON messaging.unshown_changes FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.unshown_changes TO messaging_worker;

CREATE TABLE messaging.visitor_receipts (
  message_id uuid NOT NULL,
  channel text NOT NULL,
  business_id uuid NOT NULL,
  destination bigint NOT NULL,
  refused text,
  created_at timestamptz NOT NULL,
  CONSTRAINT visitor_receipts_pkey PRIMARY KEY (message_id, channel),
  CONSTRAINT visitor_receipts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT visitor_receipts_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE,
  CONSTRAINT visitor_receipts_channel_check CHECK (channel IN ('email', 'sms')),
  CONSTRAINT visitor_receipts_refused_check CHECK (refused IN ('business', 'destination'))
);

CREATE INDEX visitor_receipts_business_id ON messaging.visitor_receipts (business_id, created_at);
CREATE INDEX visitor_receipts_created_at ON messaging.visitor_receipts (created_at);
CREATE INDEX visitor_receipts_destination ON messaging.visitor_receipts (destination, created_at);

CREATE POLICY worker_all ON messaging.visitor_receipts FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, INSERT, SELECT ON messaging.visitor_receipts TO messaging_worker;

CREATE TABLE messaging.webhook_secrets (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  subscription_id uuid NOT NULL,
  secret text NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  expires_at timestamptz,
  CONSTRAINT webhook_secrets_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_secrets_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES messaging.webhook_subscriptions(id) ON DELETE CASCADE
);

CREATE INDEX webhook_secrets_subscription_id ON messaging.webhook_secrets (subscription_id, created_at DESC);

CREATE POLICY caller_adds ON messaging.webhook_secrets FOR INSERT TO authenticated
  WITH CHECK ((EXISTS ( SELECT
   FROM messaging.webhook_subscriptions s
  WHERE s.id = webhook_secrets.subscription_id AND s.business_id = (SELECT messaging.acting_for('key')))));
CREATE POLICY caller_changes ON messaging.webhook_secrets FOR UPDATE TO authenticated
  USING ((EXISTS ( SELECT
   FROM messaging.webhook_subscriptions s
  WHERE s.id = webhook_secrets.subscription_id AND s.business_id = (SELECT messaging.acting_for('key')))));
CREATE POLICY caller_deletes ON messaging.webhook_secrets FOR DELETE TO authenticated
  USING ((EXISTS ( SELECT
   FROM messaging.webhook_subscriptions s
  WHERE s.id = webhook_secrets.subscription_id AND s.business_id = (SELECT messaging.acting_for('key')))));
CREATE POLICY caller_reads ON messaging.webhook_secrets FOR SELECT TO authenticated
  USING ((EXISTS ( SELECT
   FROM messaging.webhook_subscriptions s
  WHERE s.id = webhook_secrets.subscription_id)));
CREATE POLICY worker_all ON messaging.webhook_secrets FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE ON messaging.webhook_secrets TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.webhook_secrets TO messaging_worker;
GRANT INSERT (id, subscription_id, secret, created_at, expires_at) ON messaging.webhook_secrets TO authenticated;
GRANT SELECT (id, subscription_id, created_at, expires_at) ON messaging.webhook_secrets TO authenticated;
GRANT UPDATE (expires_at) ON messaging.webhook_secrets TO authenticated;

CREATE TABLE messaging.webhook_subscriptions (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  url text NOT NULL,
  event_types text[] DEFAULT '{message.created}'::text[] NOT NULL,
  headers jsonb DEFAULT '{}'::jsonb NOT NULL,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL,
  description text,
  failing_since timestamptz,
  drain_per_minute integer DEFAULT 600 NOT NULL,
  payload_template text,
  rate_limit integer,
  next_send_at timestamptz,
  ordering text DEFAULT 'none' NOT NULL,
  authentication jsonb,
  CONSTRAINT webhook_subscriptions_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_subscriptions_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT webhook_subscriptions_authentication_check CHECK (jsonb_typeof(authentication) = 'object'),
  CONSTRAINT webhook_subscriptions_description_check CHECK (char_length(description) <= 200),
  CONSTRAINT webhook_subscriptions_drain_per_minute_check CHECK (drain_per_minute >= 1 AND drain_per_minute <= 60000),
  CONSTRAINT webhook_subscriptions_headers_check CHECK (jsonb_typeof(headers) = 'object'),
  CONSTRAINT webhook_subscriptions_ordering_check CHECK (ordering IN ('none', 'per-lead')),
  CONSTRAINT webhook_subscriptions_payload_template_check CHECK (char_length(payload_template) <= 16384),
  CONSTRAINT webhook_subscriptions_rate_limit_check CHECK (rate_limit >= 1 AND rate_limit <= 6000),
  CONSTRAINT webhook_subscriptions_url_check CHECK (char_length(url) <= 2048)
);

CREATE INDEX webhook_subscriptions_business_id ON messaging.webhook_subscriptions (business_id);
CREATE INDEX webhook_subscriptions_rate_limit ON messaging.webhook_subscriptions (id)
  WHERE (rate_limit IS NOT NULL);

CREATE TRIGGER end_subscription AFTER DELETE ON messaging.webhook_subscriptions FOR EACH ROW
  EXECUTE FUNCTION messaging.end_subscription();
CREATE TRIGGER switch_subscription AFTER UPDATE OF disabled_at ON messaging.webhook_subscriptions FOR EACH ROW
  WHEN ((old.disabled_at IS NULL) <> (new.disabled_at IS NULL))
  EXECUTE FUNCTION messaging.switch_subscription();

CREATE POLICY caller_adds ON messaging.webhook_subscriptions FOR INSERT TO authenticated
  WITH CHECK (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY caller_changes ON messaging.webhook_subscriptions FOR UPDATE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')))
  WITH CHECK (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY caller_deletes ON messaging.webhook_subscriptions FOR DELETE TO authenticated
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY caller_reads ON messaging.webhook_subscriptions FOR SELECT TO authenticated
  USING (business_id = (SELECT messaging.acting_for('viewer')));
CREATE POLICY intake_reads ON messaging.webhook_subscriptions FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY worker_all ON messaging.webhook_subscriptions FOR ALL TO messaging_worker
  USING (true)
  WITH CHECK (true);

GRANT DELETE, SELECT ON messaging.webhook_subscriptions TO authenticated;
GRANT INSERT, SELECT, UPDATE ON messaging.webhook_subscriptions TO messaging_worker;
GRANT INSERT (id, business_id, url, event_types, headers, created_at, updated_at, description, drain_per_minute, payload_template, rate_limit, ordering, authentication) ON messaging.webhook_subscriptions TO authenticated;
GRANT UPDATE (url, event_types, headers, disabled_at, disabled_reason, updated_at, description, failing_since, drain_per_minute, payload_template, rate_limit, next_send_at, ordering, authentication) ON messaging.webhook_subscriptions TO authenticated;
GRANT SELECT (id, business_id, event_types, disabled_at, rate_limit) ON messaging.webhook_subscriptions TO messaging_intake;

CREATE TABLE messaging.write_probe (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  filler text DEFAULT repeat('x', 7000) NOT NULL,
  CONSTRAINT write_probe_pkey PRIMARY KEY (id)
);

CREATE POLICY intake_tries ON messaging.write_probe FOR INSERT TO messaging_intake
  WITH CHECK (true);

GRANT INSERT ON messaging.write_probe TO messaging_intake;

CREATE TABLE public.businesses (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  name text NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT businesses_pkey PRIMARY KEY (id),
  CONSTRAINT businesses_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 200)
);

CREATE POLICY messaging_worker_adds ON public.businesses FOR INSERT TO messaging_worker
  WITH CHECK (true);
CREATE POLICY messaging_worker_reads ON public.businesses FOR SELECT TO messaging_worker
  USING (true);
CREATE POLICY owner_reads ON public.businesses FOR SELECT TO authenticated
  USING (id = (SELECT auth.uid()));

GRANT SELECT ON public.businesses TO authenticated;
GRANT INSERT, SELECT ON public.businesses TO messaging_worker;

CREATE TABLE public.funnels (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT funnels_pkey PRIMARY KEY (id),
  CONSTRAINT funnels_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT funnels_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 200)
);

CREATE INDEX funnels_business_id ON public.funnels (business_id);

CREATE POLICY messaging_intake_reads ON public.funnels FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY messaging_worker_adds ON public.funnels FOR INSERT TO messaging_worker
  WITH CHECK (true);
CREATE POLICY messaging_worker_changes ON public.funnels FOR UPDATE TO messaging_worker
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY messaging_worker_deletes ON public.funnels FOR DELETE TO messaging_worker
  USING (business_id = (SELECT messaging.acting_for('key')));
CREATE POLICY messaging_worker_reads ON public.funnels FOR SELECT TO messaging_worker
  USING (true);
CREATE POLICY owner_reads ON public.funnels FOR SELECT TO authenticated
  USING (business_id = (SELECT auth.uid()));

GRANT SELECT ON public.funnels TO authenticated;
GRANT DELETE, INSERT, SELECT ON public.funnels TO messaging_worker;
GRANT SELECT (id, business_id) ON public.funnels TO messaging_intake;
GRANT UPDATE (name) ON public.funnels TO messaging_worker;

CREATE TABLE public.message_channels (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  channel_type text NOT NULL,
  config jsonb DEFAULT '{}'::jsonb NOT NULL,
  is_enabled boolean DEFAULT true NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL,
  awaits_confirmation boolean DEFAULT false NOT NULL,
  CONSTRAINT message_channels_pkey PRIMARY KEY (id),
  CONSTRAINT message_channels_business_id_channel_type_key UNIQUE (business_id, channel_type),
  CONSTRAINT message_channels_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT message_channels_channel_type_check CHECK (channel_type ~ '^[a-z][a-z0-9-]{1,30}$'),
  CONSTRAINT message_channels_config_check CHECK (jsonb_typeof(config) = 'object')
);

CREATE TRIGGER end_wait BEFORE UPDATE OF config, awaits_confirmation ON public.message_channels FOR EACH ROW
  WHEN (new.awaits_confirmation)
  EXECUTE FUNCTION messaging.end_wait();
CREATE TRIGGER note_direct_change AFTER INSERT OR DELETE OR UPDATE ON public.message_channels FOR EACH ROW
  WHEN (CURRENT_USER = 'authenticated'::name AND messaging.chosen_business() IS NULL)
  EXECUTE FUNCTION messaging.note_direct_change();
CREATE TRIGGER subscribe_configured_url AFTER INSERT OR UPDATE OF config ON public.message_channels FOR EACH ROW
  WHEN (new.channel_type = 'webhook' AND (new.config ->> 'url') <> '')
  EXECUTE FUNCTION messaging.subscribe_configured_url();
CREATE TRIGGER switch_channel AFTER UPDATE OF is_enabled, config, awaits_confirmation ON public.message_channels FOR EACH ROW
  WHEN (old.is_enabled <> new.is_enabled OR old.awaits_confirmation <> new.awaits_confirmation)
  EXECUTE FUNCTION messaging.switch_channel();

CREATE POLICY member_reads ON public.message_channels FOR SELECT TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses(
        CASE
            WHEN messaging.chosen_business() IS NULL THEN 'owner'
            ELSE 'viewer'
        END) AS my_businesses))));
CREATE POLICY member_writes ON public.message_channels FOR ALL TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('owner') AS my_businesses))))
  WITH CHECK (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('owner') AS my_businesses))));
CREATE POLICY messaging_intake_reads ON public.message_channels FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY messaging_worker_adds ON public.message_channels FOR INSERT TO messaging_worker
  WITH CHECK (true);
CREATE POLICY messaging_worker_reads ON public.message_channels FOR SELECT TO messaging_worker
  USING (true);
CREATE POLICY messaging_worker_sets_up_canaries ON public.message_channels FOR UPDATE TO messaging_worker
  USING ((business_id IN ( SELECT c.business_id
   FROM messaging.canaries c)))
  WITH CHECK ((business_id IN ( SELECT c.business_id
   FROM messaging.canaries c)));
CREATE POLICY one_business_at_a_time ON public.message_channels AS RESTRICTIVE FOR ALL TO authenticated
  USING (business_id = COALESCE(( SELECT messaging.chosen_business() AS chosen_business), business_id));
CREATE POLICY owner_all ON public.message_channels FOR ALL TO authenticated
  USING (business_id = (SELECT auth.uid()))
  WITH CHECK (business_id = (SELECT auth.uid()));

GRANT DELETE, INSERT, SELECT, UPDATE ON public.message_channels TO authenticated;
GRANT INSERT, SELECT ON public.message_channels TO messaging_worker;
GRANT SELECT (id, business_id, channel_type, is_enabled, awaits_confirmation) ON public.message_channels TO messaging_intake;
GRANT UPDATE (config, is_enabled, updated_at) ON public.message_channels TO messaging_worker;

CREATE TABLE public.messages (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  funnel_id uuid,
  business_id uuid NOT NULL,
  type text DEFAULT 'callback_request' NOT NULL,
  contact_name text,
  contact_phone text,
  contact_email text,
  subject text,
  message text,
  priority text DEFAULT 'medium' NOT NULL,
  status text DEFAULT 'unread' NOT NULL,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  email_sent_at timestamptz,
  sms_sent_at timestamptz,
  email_status text,
  sms_status text,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL,
  contact_phone_e164 text,
  acknowledged_by_member uuid,
  quarantined_at timestamptz,
  quarantine_reason text,
  unreached_since timestamptz,
  seen_again integer,
  follows uuid,
  forget_after timestamptz,
  assigned_to uuid,
  tags text[] DEFAULT '{}'::text[] NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  due_at timestamptz,
  read_at timestamptz,
  responded_at timestamptz,
  archived_at timestamptz,
  call_outcome text,
  call_again_at timestamptz,
  found_by text GENERATED ALWAYS AS (messaging.found_by(id, contact_name, contact_email, subject, message, contact_phone, contact_phone_e164)) STORED,
  preferred_from timestamptz,
  preferred_until timestamptz,
  CONSTRAINT messages_pkey PRIMARY KEY (id),
  CONSTRAINT messages_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES public.businesses(id) ON DELETE SET NULL,
  CONSTRAINT messages_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE,
  CONSTRAINT messages_follows_fkey FOREIGN KEY (follows) REFERENCES public.messages(id) ON DELETE SET NULL,
  CONSTRAINT messages_funnel_id_fkey FOREIGN KEY (funnel_id) REFERENCES public.funnels(id) ON DELETE SET NULL,
  CONSTRAINT messages_call_outcome_check CHECK (call_outcome IN ('reached', 'voicemail', 'no_answer', 'wrong_number', 'not_interested', 'booked')),
  CONSTRAINT messages_contact_email_check CHECK (char_length(contact_email) <= 254),
  CONSTRAINT messages_contact_name_check CHECK (char_length(contact_name) >= 1 AND char_length(contact_name) <= 100),
  CONSTRAINT messages_contact_phone_check CHECK (char_length(contact_phone) <= 40),
  CONSTRAINT messages_contact_phone_e164_check CHECK (contact_phone_e164 ~ '^\+[1-9][0-9]{1,14}$'),
  CONSTRAINT messages_email_status_check CHECK (email_status IN ('pending', 'sent', 'delivered', 'failed')),
  CONSTRAINT messages_message_check CHECK (char_length(message) <= 2000),
  CONSTRAINT messages_metadata_check CHECK (jsonb_typeof(metadata) = 'object'),
  CONSTRAINT messages_preferred_check CHECK (preferred_from < preferred_until) NOT VALID,
  CONSTRAINT messages_priority_check CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
  CONSTRAINT messages_revision_check CHECK (revision > 0),
  CONSTRAINT messages_seen_again_check CHECK (seen_again > 0),
  CONSTRAINT messages_sms_status_check CHECK (sms_status IN ('pending', 'sent', 'delivered', 'failed')),
  CONSTRAINT messages_status_check CHECK (status IN ('unread', 'read', 'acknowledged', 'responded', 'archived')),
  CONSTRAINT messages_subject_check CHECK (char_length(subject) <= 200),
  CONSTRAINT messages_tags_check CHECK (cardinality(tags) <= 20 AND array_position(tags, NULL::text) IS NULL AND char_length(array_to_string(tags, '')) <= 800),
  CONSTRAINT messages_type_check CHECK (type IN ('callback_request', 'system', 'notification', 'reminder'))
) WITH (fillfactor=50, autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_vacuum_scale_factor=0.02);

CREATE INDEX messages_acknowledged_by ON public.messages (acknowledged_by)
  WHERE (acknowledged_by IS NOT NULL);
CREATE INDEX messages_assigned_to ON public.messages (business_id, assigned_to, created_at DESC, id DESC) INCLUDE (status, quarantined_at)
  WHERE (assigned_to IS NOT NULL);
CREATE INDEX messages_business_id ON public.messages (business_id, created_at DESC, id DESC) INCLUDE (quarantined_at);
CREATE INDEX messages_contact_email ON public.messages (business_id, lower(contact_email))
  WHERE (contact_email IS NOT NULL);
CREATE INDEX messages_contact_phone_e164 ON public.messages (business_id, contact_phone_e164)
  WHERE (contact_phone_e164 IS NOT NULL);
CREATE INDEX messages_due ON public.messages (business_id, due_at, id) INCLUDE (quarantined_at)
  WHERE (status IN ('unread', 'read'));
CREATE INDEX messages_follows ON public.messages (follows)
  WHERE (follows IS NOT NULL);
CREATE INDEX messages_forget_after ON public.messages (forget_after)
  WHERE (forget_after IS NOT NULL);
CREATE INDEX messages_found_by ON public.messages USING gin (business_id, messaging.pieces(found_by)) WITH (gin_pending_list_limit='4096');
CREATE INDEX messages_funnel_id ON public.messages (funnel_id, created_at DESC);
CREATE INDEX messages_priority ON public.messages (business_id, priority, created_at DESC, id DESC)
  WHERE (priority <> 'medium');
CREATE INDEX messages_quarantined ON public.messages (business_id, created_at DESC, id DESC) INCLUDE (status)
  WHERE (quarantined_at IS NOT NULL);
CREATE INDEX messages_tags ON public.messages USING gin (business_id, tags)
  WHERE (tags <> '{}'::text[]);
CREATE INDEX messages_type ON public.messages (business_id, type, created_at DESC, id DESC)
  WHERE (type <> 'callback_request');
CREATE INDEX messages_unreached ON public.messages (business_id, unreached_since)
  WHERE (unreached_since IS NOT NULL);
CREATE INDEX messages_unread_phone ON public.messages (business_id)
  WHERE ((contact_phone IS NOT NULL) AND (contact_phone_e164 IS NULL));
CREATE INDEX messages_waiting ON public.messages (business_id, created_at DESC, id DESC) INCLUDE (status, assigned_to, quarantined_at)
  WHERE (status IN ('unread', 'read'));
CREATE INDEX messages_worked_on ON public.messages (business_id, status, created_at DESC, id DESC) INCLUDE (quarantined_at)
  WHERE (status <> ALL (ARRAY['unread', 'read']));

CREATE TRIGGER announce_deleted AFTER DELETE ON public.messages
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION messaging.announce_deleted();
CREATE TRIGGER announce_priority AFTER UPDATE OF priority ON public.messages FOR EACH ROW
  WHEN (old.priority IS DISTINCT FROM new.priority AND COALESCE(current_setting('messaging.announced', true), '') = '')
  EXECUTE FUNCTION messaging.announce_priority();
CREATE TRIGGER announce_status AFTER UPDATE OF status ON public.messages FOR EACH ROW
  WHEN (old.status IS DISTINCT FROM new.status AND COALESCE(current_setting('messaging.announced', true), '') = '')
  EXECUTE FUNCTION messaging.announce_status();
CREATE TRIGGER assign_acknowledged BEFORE UPDATE OF status ON public.messages FOR EACH ROW
  WHEN ((COALESCE(old.status, 'unread') IN ('unread', 'read')) AND (new.status IN ('acknowledged', 'responded')))
  EXECUTE FUNCTION messaging.assign_acknowledged();
CREATE TRIGGER close_reminders AFTER UPDATE OF status, call_again_at ON public.messages FOR EACH ROW
  WHEN (new.type <> 'reminder' AND old.call_again_at IS NOT NULL AND (new.call_again_at IS NULL OR old.status IS DISTINCT FROM new.status AND (new.status IN ('acknowledged', 'responded', 'archived'))))
  EXECUTE FUNCTION messaging.close_reminders();
CREATE TRIGGER keep_moments BEFORE UPDATE OF status, priority, assigned_to, tags, call_outcome, call_again_at ON public.messages FOR EACH ROW
  WHEN (old.status IS DISTINCT FROM new.status OR old.priority IS DISTINCT FROM new.priority OR old.assigned_to IS DISTINCT FROM new.assigned_to OR old.tags IS DISTINCT FROM new.tags OR old.call_outcome IS DISTINCT FROM new.call_outcome OR old.call_again_at IS DISTINCT FROM new.call_again_at)
  EXECUTE FUNCTION messaging.keep_moments();
CREATE TRIGGER mark_figures_of_gone AFTER DELETE ON public.messages
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION messaging.mark_figures_of_gone();
CREATE TRIGGER mark_figures_of_lead AFTER UPDATE ON public.messages FOR EACH ROW
  WHEN (LEAST(old.created_at, new.created_at) < (GREATEST(now(), new.updated_at) - '12:00:00'::interval) AND (old.acknowledged_at IS DISTINCT FROM new.acknowledged_at OR old.responded_at IS DISTINCT FROM new.responded_at OR old.priority IS DISTINCT FROM new.priority OR old.funnel_id IS DISTINCT FROM new.funnel_id OR old.created_at <> new.created_at OR old.quarantined_at IS DISTINCT FROM new.quarantined_at OR old.type IS DISTINCT FROM new.type OR old.due_at IS DISTINCT FROM new.due_at OR old.assigned_to IS DISTINCT FROM new.assigned_to OR old.call_outcome IS DISTINCT FROM new.call_outcome OR old.metadata IS DISTINCT FROM new.metadata OR new.acknowledged_at IS NULL AND old.archived_at IS DISTINCT FROM new.archived_at))
  EXECUTE FUNCTION messaging.mark_figures_of_lead();
CREATE TRIGGER mark_figures_of_old_lead AFTER INSERT ON public.messages FOR EACH ROW
  WHEN (new.created_at < (GREATEST(now(), new.updated_at) - '12:00:00'::interval))
  EXECUTE FUNCTION messaging.mark_figures_of_lead();
CREATE TRIGGER note_direct_change AFTER UPDATE ON public.messages FOR EACH ROW
  WHEN (CURRENT_USER = 'authenticated'::name AND messaging.chosen_business() IS NULL)
  EXECUTE FUNCTION messaging.note_direct_change();
CREATE TRIGGER refuse_foreign_acknowledgement BEFORE UPDATE ON public.messages FOR EACH ROW
  WHEN (CURRENT_USER = 'authenticated'::name AND messaging.chosen_business() IS NULL AND new.acknowledged_by_member IS DISTINCT FROM old.acknowledged_by_member)
  EXECUTE FUNCTION messaging.refuse_foreign_acknowledgement();
CREATE TRIGGER release_from_quarantine AFTER UPDATE OF quarantined_at ON public.messages FOR EACH ROW
  WHEN (old.quarantined_at IS NOT NULL AND new.quarantined_at IS NULL)
  EXECUTE FUNCTION messaging.release_from_quarantine();
CREATE TRIGGER schedule_reminder AFTER UPDATE OF call_again_at ON public.messages FOR EACH ROW
  WHEN (old.call_again_at IS DISTINCT FROM new.call_again_at)
  EXECUTE FUNCTION messaging.schedule_reminder();
CREATE TRIGGER withdraw_notifications AFTER UPDATE OF status ON public.messages FOR EACH ROW
  WHEN ((COALESCE(old.status, 'unread') IN ('unread', 'read')) AND (new.status IN ('acknowledged', 'responded', 'archived')) AND new.type <> 'reminder')
  EXECUTE FUNCTION messaging.withdraw_notifications();

CREATE POLICY member_reads ON public.messages FOR SELECT TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('viewer') AS my_businesses))));
CREATE POLICY member_updates ON public.messages FOR UPDATE TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('agent') AS my_businesses))))
  WITH CHECK (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('agent') AS my_businesses))));
CREATE POLICY messaging_intake_adds ON public.messages FOR INSERT TO messaging_intake
  WITH CHECK (true);
CREATE POLICY messaging_worker_forgets ON public.messages FOR DELETE TO messaging_worker
  USING (COALESCE(current_setting('messaging.forgetting', true), '') = 'on');
CREATE POLICY messaging_worker_keeps_true ON public.messages FOR UPDATE TO messaging_worker
  USING (true)
  WITH CHECK (true);
CREATE POLICY messaging_worker_reads ON public.messages FOR SELECT TO messaging_worker
  USING (true);
CREATE POLICY messaging_worker_reminds ON public.messages FOR INSERT TO messaging_worker
  WITH CHECK (type = 'reminder');
CREATE POLICY one_business_at_a_time ON public.messages AS RESTRICTIVE FOR ALL TO authenticated
  USING (business_id = COALESCE(( SELECT messaging.chosen_business() AS chosen_business), business_id));
CREATE POLICY owner_reads ON public.messages FOR SELECT TO authenticated
  USING (business_id = (SELECT auth.uid()));
CREATE POLICY owner_updates ON public.messages FOR UPDATE TO authenticated
  USING (business_id = (SELECT auth.uid()))
  WITH CHECK (business_id = (SELECT auth.uid()));

GRANT SELECT ON public.messages TO authenticated;
GRANT DELETE, SELECT ON public.messages TO messaging_worker;
GRANT UPDATE (priority, status, acknowledged_at, acknowledged_by, updated_at, acknowledged_by_member, quarantined_at, assigned_to, tags, due_at, call_outcome, call_again_at) ON public.messages TO authenticated;
GRANT INSERT (id, funnel_id, business_id, type, contact_name, contact_phone, contact_email, subject, message, priority, status, acknowledged_at, acknowledged_by, email_sent_at, sms_sent_at, email_status, sms_status, metadata, created_at, updated_at, contact_phone_e164, acknowledged_by_member, quarantined_at, quarantine_reason, unreached_since, follows, assigned_to, tags, due_at, read_at, responded_at, archived_at, call_outcome, preferred_from, preferred_until) ON public.messages TO messaging_intake;
GRANT INSERT (id, funnel_id, business_id, type, contact_name, contact_phone, contact_email, subject, message, priority, status, created_at, updated_at, contact_phone_e164, follows, assigned_to) ON public.messages TO messaging_worker;
GRANT UPDATE (status, email_sent_at, sms_sent_at, email_status, sms_status, updated_at, unreached_since, seen_again, forget_after, assigned_to, due_at) ON public.messages TO messaging_worker;

CREATE TABLE public.notification_preferences (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  business_id uuid NOT NULL,
  show_badge boolean DEFAULT true NOT NULL,
  show_toast boolean DEFAULT true NOT NULL,
  email_new_messages boolean DEFAULT true NOT NULL,
  email_daily_summary boolean DEFAULT true NOT NULL,
  email_weekly_summary boolean DEFAULT true NOT NULL,
  sms_urgent_only boolean DEFAULT false NOT NULL,
  created_at timestamptz DEFAULT now() NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT notification_preferences_pkey PRIMARY KEY (id),
  CONSTRAINT notification_preferences_business_id_key UNIQUE (business_id),
  CONSTRAINT notification_preferences_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(id) ON DELETE CASCADE
);

CREATE TRIGGER note_direct_change AFTER INSERT OR DELETE OR UPDATE ON public.notification_preferences FOR EACH ROW
  WHEN (CURRENT_USER = 'authenticated'::name AND messaging.chosen_business() IS NULL)
  EXECUTE FUNCTION messaging.note_direct_change();

CREATE POLICY member_reads ON public.notification_preferences FOR SELECT TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('viewer') AS my_businesses))));
CREATE POLICY member_writes ON public.notification_preferences FOR ALL TO authenticated
  USING (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('owner') AS my_businesses))))
  WITH CHECK (business_id = ANY ((ARRAY( SELECT messaging.my_businesses('owner') AS my_businesses))));
CREATE POLICY messaging_intake_reads ON public.notification_preferences FOR SELECT TO messaging_intake
  USING (true);
CREATE POLICY messaging_worker_adds ON public.notification_preferences FOR INSERT TO messaging_worker
  WITH CHECK (true);
CREATE POLICY messaging_worker_ends_digests ON public.notification_preferences FOR UPDATE TO messaging_worker
  USING (true)
  WITH CHECK (true);
CREATE POLICY messaging_worker_reads ON public.notification_preferences FOR SELECT TO messaging_worker
  USING (true);
CREATE POLICY one_business_at_a_time ON public.notification_preferences AS RESTRICTIVE FOR ALL TO authenticated
  USING (business_id = COALESCE(( SELECT messaging.chosen_business() AS chosen_business), business_id));
CREATE POLICY owner_all ON public.notification_preferences FOR ALL TO authenticated
  USING (business_id = (SELECT auth.uid()))
  WITH CHECK (business_id = (SELECT auth.uid()));

GRANT INSERT, SELECT, UPDATE ON public.notification_preferences TO authenticated;
GRANT INSERT, SELECT ON public.notification_preferences TO messaging_worker;
GRANT SELECT (business_id, email_new_messages, sms_urgent_only) ON public.notification_preferences TO messaging_intake;
GRANT UPDATE (email_daily_summary, email_weekly_summary, updated_at) ON public.notification_preferences TO messaging_worker;
