package com.callback.messaging.isolation;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A business with one of everything, which another one tries to reach. */
final class Victim {

  /** Stands in every text of the victim, and in nothing else. */
  static final String MARK = "theirs-only";

  /** What a number in the contract's examples would find. */
  static final String PHONE = "+61491570006";

  static final String MAIL = "ada@example.com";

  /** Of what the first part of a path behind /api/ names, the id of the victim's. */
  private final Map<String, UUID> ids = new LinkedHashMap<>();

  private final Service service;
  private final Business business;
  private final String fingerprint;

  Victim(Service service) {
    this.service = service;
    this.business = service.businessWithoutChannels();
    this.fingerprint = fingerprintOf(service);
    var person = UUID.randomUUID();
    insert(
        "messages",
        "public.messages (id, funnel_id, business_id, contact_name, contact_phone, contact_phone_e164, contact_email, message, quarantined_at, quarantine_reason) values (:id, :funnel, :business, :mark, '%s', '%s', '%s', :mark, now(), 'honeypot')"
            .formatted(PHONE, PHONE, MAIL));
    insert(
        "event",
        "messaging.message_events (business_id, message_id, type, data, created_at) select :business, id, 'message.created', jsonb_build_object('note', :mark), now() from public.messages where id = '%s' and :id is not null"
            .formatted(ids.get("messages")));
    insert(
        "notes",
        "messaging.notes (id, business_id, message_id, author_id, author, body, created_at) values (:id, :business, '%s', :business, :mark, :mark, now())"
            .formatted(ids.get("messages")));
    insert(
        "tags",
        "messaging.tags (business_id, name, created_at) select :business, :mark, now() where :id is not null");
    insert(
        "webhook-subscriptions",
        "messaging.webhook_subscriptions (id, business_id, url, description) values (:id, :business, 'https://theirs-only.example.com', :mark)");
    insert(
        "secret",
        "messaging.webhook_secrets (id, subscription_id, secret) values (:id, '%s', 'whsec_theirs-only')"
            .formatted(ids.get("webhook-subscriptions")));
    insert(
        "channel",
        "public.message_channels (id, business_id, channel_type, config) select :id, :business, 'slack', '{}' where :mark is not null");
    insert(
        "secret recipient",
        "messaging.channel_secrets (channel_id, secret, shown) select '%s', 'https://theirs-only.example.com', :mark where :id is not null"
            .formatted(ids.get("channel")));
    insert(
        "deliveries",
        "messaging.deliveries (id, business_id, cause, message_id, channel, target_id, state, last_error, next_attempt_at, created_at, updated_at) values (:id, :business, 'lead', '%s', 'webhook', '%s', 'failed', :mark, now(), now(), now())"
            .formatted(ids.get("messages"), ids.get("webhook-subscriptions")));
    insert(
        "attempt",
        "messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome, answer) select '%s', :business, 1, now(), 1, 'permanent', :mark where :id is not null"
            .formatted(ids.get("deliveries")));
    insert(
        "receipt",
        "messaging.delivery_receipts (delivery_id, provider, event_id, business_id, attempt, event, occurred_at, received_at, detail) select '%s', 'sendgrid', cast(:id as text), :business, 1, 'bounced', now(), now(), :mark"
            .formatted(ids.get("deliveries")));
    insert(
        "fallback",
        "messaging.fallbacks (business_id, channel, position, fallback) select :business, 'email', 1, 'sms' where :id is not null and :mark is not null");
    insert(
        "escalation-policies",
        "messaging.escalation_policies (id, business_id, position, name, steps, is_active, created_at, updated_at) values (:id, :business, 1, :mark, '[{\"after\": 0, \"notify\": [\"owners\"], \"memberIds\": [], \"channels\": null}]', false, now(), now())");
    insert(
        "escalation",
        "messaging.escalations (message_id, business_id, policy_id, policy, event_id, base_at, next_at, started_at) select '%s', :business, :id, jsonb_build_object('name', :mark, 'steps', '[]'::jsonb), 0, now(), 'infinity', now()"
            .formatted(ids.get("messages")));
    insert(
        "outcome",
        "messaging.outcome_rules (business_id, outcome, action) select :business, 'reached', 'close' where :id is not null and :mark is not null");
    insert(
        "api-keys",
        "messaging.api_keys (id, business_id, name, prefix, hash) values (:id, :business, :mark, 'cbk_' || left(cast(:id as text), 8), sha256(:mark::bytea))");
    insert(
        "members",
        "messaging.business_members (business_id, user_id, role, email) select :business, :id, 'agent', 'theirs-only@example.com' where :mark is not null");
    insert(
        "person",
        "messaging.people (id, email, created_at) select :id, 'theirs-only-' || :id || '@example.com', now() where :mark is not null");
    insert(
        "sessions",
        "messaging.sessions (id, person_id, hash, device, created_at, last_used_at, expires_at) values (:id, '%s', sha256(cast(:id as text)::bytea), left(:mark, 60), now(), now(), now() + interval '1 day')"
            .formatted(ids.get("person")));
    insert(
        "assignment-rules",
        "messaging.assignment_rules (id, business_id, funnel_id, rule, fallback, updated_at) select :id, :business, :funnel, 'nobody', 'nobody', now() where :mark is not null");
    insert(
        "shift",
        "messaging.rota_shifts (business_id, weekday, starts, ends, member_id) select :business, 1, '00:00', '24:00', '%s' where :id is not null and :mark is not null"
            .formatted(ids.get("members")));
    insert(
        "absence",
        "messaging.absences (business_id, member_id, starts_at) select :business, '%s', now() where :id is not null and :mark is not null"
            .formatted(ids.get("members")));
    insert(
        "invitations",
        "messaging.invitations (id, business_id, email, role, invited_by, created_at, expires_at) values (:id, :business, 'theirs-only-2@example.com', 'agent', :mark, now(), now() + interval '7 days')");
    insert(
        "audit",
        "messaging.audit_entries (business_id, at, actor_kind, actor, action) select :business, now(), 'key', :mark, 'x' where :id is not null");
    insert(
        "kept",
        "messaging.idempotency_keys (business_id, operation, key, body_hash, status, answer, created_at) select :business, 'x', :mark, '', 200, :mark, now() where :id is not null");
    insert(
        "settings",
        "messaging.business_settings (business_id, name) select :business, :mark where :id is not null");
    insert(
        "origin",
        "messaging.funnel_origins (funnel_id, origin) select :funnel, 'https://theirs-only.example' where :id is not null and :mark is not null");
    insert(
        "suppressions",
        "messaging.suppressions (id, business_id, channel, address, reason) values (:id, :business, 'sms', '%s', :mark)"
            .formatted(PHONE));
    insert(
        "push-devices",
        "messaging.push_devices (id, business_id, person_id, label, endpoint_hash, device, created_at) values (:id, :business, :business, :mark, sha256(:mark::bytea), 'theirs-only', now())");
    insert(
        "templates",
        "messaging.templates (id, business_id, channel, name, body) values (:id, :business, 'sms', :mark, :mark)");
    insert(
        "thread",
        "messaging.thread_entries (id, business_id, message_id, direction, channel, body, sender, original, received_id, template_id, created_at) select :id, :business, '%s', 'in', 'sms', :mark, :mark, :mark, :mark, '%s', now()"
            .formatted(ids.get("messages"), ids.get("templates")));
    insert(
        "erasure",
        "messaging.erasures (id, business_id, at, actor, contact_hash, counts) values (:id, :business, now(), :mark, 'x', '{}')");
    insert(
        "channel",
        "public.message_channels (id, business_id, channel_type, is_enabled, config) values (:id, :business, 'email', false, jsonb_build_object('to', :mark || '-3@example.com'))");
    insert(
        "confirmation",
        "messaging.confirmations (id, business_id, channel, address, created_at, expires_at, tries_left) select :id, :business, 'email', :mark || '-4@example.com', now(), now() + interval '1 year', 5");
    insert(
        "sms-limits",
        "messaging.sms_limits (business_id, per_day, updated_at) select :business, 77, now() where :id is not null and :mark is not null");
    insert(
        "preferences",
        "public.notification_preferences (id, business_id, sms_urgent_only) select :id, :business, true where :mark is not null");
    insert(
        "address",
        "messaging.member_addresses (business_id, user_id, channel, address, confirmed_at, created_at, updated_at) values (:business, :id, 'sms', :mark, now(), now(), now())");
    insert(
        "screen",
        "messaging.personal_preferences (business_id, person_id, sound, updated_at) select :business, :id, 'silent', now() where :mark is not null");
    insert(
        "views",
        "messaging.saved_views (id, business_id, name, filter, created_at, updated_at) values (:id, :business, :mark, '{}', now(), now())");
    ids.put("funnels", business.funnel());
    ids.put("person", person);
    // The invitation is mailed, and nothing may change by itself afterwards.
    service.awaitDeliveries(business);
  }

  Business business() {
    return business;
  }

  /** The id that a path like this needs, or null where nobody has said which. */
  UUID idFor(String path) {
    return ids.get(path.split("/")[2]);
  }

  UUID id(String kind) {
    return ids.get(kind);
  }

  /** Whether a text gives away anything of the victim. */
  boolean isToldBy(String text) {
    return text.contains(MARK)
        || text.contains(business.id().toString())
        || ids.values().stream().anyMatch(id -> text.contains(id.toString()));
  }

  /** A fingerprint of every row that is the victim's. */
  String fingerprint() {
    return service
        .database()
        .sql(fingerprint)
        .param("business", business.id())
        .param("funnel", business.funnel())
        .param("subscription", ids.get("webhook-subscriptions"))
        .param("channel", ids.get("channel"))
        .query(String.class)
        .single();
  }

  /** One statement over all tables, since it is asked after each call. */
  private static String fingerprintOf(Service service) {
    // Readers of events move on by themselves, each second.
    var tables =
        service
            .database()
            .sql(
                "select table_schema || '.' || table_name from information_schema.columns where column_name = 'business_id' and table_schema in ('public', 'messaging') and table_name <> 'event_readers' order by 1")
            .query(String.class)
            .list();
    return Stream.concat(
            tables.stream().map(table -> rows(table, "business_id = :business")),
            Stream.of(
                rows("messaging.funnel_settings", "funnel_id = :funnel"),
                rows("messaging.funnel_origins", "funnel_id = :funnel"),
                rows("messaging.webhook_secrets", "subscription_id = :subscription"),
                rows("messaging.channel_secrets", "channel_id = :channel"),
                rows("public.businesses", "id = :business")))
        .collect(Collectors.joining(" || ", "select ", ""));
  }

  private static String rows(String table, String condition) {
    return "(select '%s ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') || ' ' from %s t where %s)"
        .formatted(table, table, condition);
  }

  private void insert(String kind, String rest) {
    var id = UUID.randomUUID();
    ids.put(kind, id);
    service
        .database()
        .sql("insert into " + rest)
        .param("id", id)
        .param("business", business.id())
        .param("funnel", business.funnel())
        .param("mark", MARK)
        .update();
  }
}
