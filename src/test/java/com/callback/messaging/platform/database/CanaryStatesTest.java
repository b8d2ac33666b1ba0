package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When canaries begin and end, and what an outage is. */
class CanaryStatesTest {

  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private static Doors doors;

  private Instant now;
  private String funnel;
  private String sms;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void no_canary_yet() {
    doors.run("delete from public.businesses");
    now = Doors.NOW;
    funnel = null;
    sms = null;
  }

  @Test
  void a_canary_begins_when_the_time_has_come_and_never_beside_another() {
    assertThat(run().path("post").path("body").path("priority").asText()).isEqualTo("medium");
    assertThat(run().has("post")).isFalse();
    now = now.plus(EVERY).minusSeconds(1);
    assertThat(run().has("post")).isFalse();
    now = now.plusSeconds(1);
    assertThat(run().has("post")).isTrue();
    assertThat(texts("select count(*)::text from public.businesses")).containsExactly("1");
  }

  @Test
  void two_instances_begin_one_canary() throws SQLException {
    try (var other = doors.worker.getConnection()) {
      other.setAutoCommit(false);
      assertThat(Doors.ask(other, statement()).get(0)).contains("\"post\"");
      assertThat(run().has("post")).isFalse();
      other.commit();
    }
    assertThat(run().has("post")).isFalse();
  }

  @Test
  void a_canary_that_arrived_ends_at_once_with_its_times() {
    arrive(respond(run()));

    assertThat(run().path("seconds").path("email").asDouble()).isEqualTo(7.5);
    assertThat(run().has("missing")).isFalse();
    assertThat(mails()).isEmpty();
  }

  @Test
  void a_canary_without_a_response_is_missing_at_the_intake_once_its_time_is_over() {
    run();
    now = now.plus(WITHIN).minusSeconds(1);
    assertThat(run().has("missing")).isFalse();
    now = now.plusSeconds(1);

    var state = run();

    assertThat(state.path("missing").asText()).isEqualTo("accepted");
    assertThat(state.path("since").asText()).isEqualTo("2026-03-01T09:30:00.000Z");
    assertThat(mails()).containsExactly("canary 2026-03-01T09:30:00.000Z");
  }

  @Test
  void a_refused_or_lost_canary_is_missing_with_its_reason() {
    var id = run().path("post").path("id").asText();
    doors.run("update messaging.canaries set response = 'HTTP 503' where id = '%s'".formatted(id));
    now = now.plus(WITHIN);
    assertThat(run().path("reason").asText()).isEqualTo("HTTP 503");

    now = now.plus(EVERY);
    id = run().path("post").path("id").asText();
    doors.run(
        "update messaging.canaries set message_id = gen_random_uuid() where id = '%s'"
            .formatted(id));
    now = now.plus(WITHIN);
    assertThat(run().path("missing").asText()).isEqualTo("stored");
  }

  @Test
  void a_failed_delivery_is_missing_with_its_error_and_is_not_left_undelivered() {
    var lead = respond(run());
    doors.run(
        "update messaging.deliveries set state = 'failed', last_error = 'No such mailbox' where message_id = '%s'"
            .formatted(lead));
    now = now.plus(WITHIN);

    var state = run();

    assertThat(state.path("missing").asText()).isEqualTo("email");
    assertThat(state.path("reason").asText()).isEqualTo("failed: No such mailbox");
    now = now.plus(Duration.ofMinutes(6));
    assertThat(
            texts(
                "select id::text from messaging.undelivered('%s') where cause = 'lead'"
                    .formatted(now)))
        .isEmpty();
    assertThat(texts("select 'x' from public.messages where unreached_since is not null"))
        .isEmpty();
  }

  @Test
  void an_outage_is_mailed_once_and_once_when_it_is_over() {
    for (int i = 0; i < 3; i++) {
      run();
      now = now.plus(EVERY);
    }
    arrive(respond(run()));
    assertThat(run().has("missing")).isFalse();

    assertThat(mails())
        .containsExactly("canary 2026-03-01T09:30:00.000Z", "canary over 2026-03-01T09:30:00.000Z");
  }

  @Test
  void sms_are_sent_once_an_hour_and_their_outage_ends_with_an_sms() {
    sms = "+61491570006";
    var first = run();
    assertThat(first.path("post").path("body").path("priority").asText()).isEqualTo("urgent");
    arrive(respond(first), "email");
    now = now.plus(WITHIN);
    assertThat(run().path("missing").asText()).isEqualTo("sms");

    now = now.plus(EVERY);
    var second = run();
    assertThat(second.path("post").path("body").path("priority").asText()).isEqualTo("medium");
    var lead = respond(second);
    assertThat(channelsOf(lead)).containsExactly("email");
    arrive(lead);
    assertThat(run().path("missing").asText()).isEqualTo("sms");
    assertThat(mails()).hasSize(1);

    now = now.plus(Duration.ofHours(1));
    lead = respond(run());
    assertThat(channelsOf(lead)).containsExactly("email", "sms");
    arrive(lead);
    assertThat(run().has("missing")).isFalse();
    assertThat(mails()).hasSize(2);
  }

  @Test
  void leads_of_canaries_are_deleted_after_a_day() {
    arrive(respond(run()));
    now = now.plus(EVERY);
    arrive(respond(run()));
    now = now.plus(Duration.ofHours(26));
    run();

    assertThat(texts("select id::text from public.messages")).isEmpty();
    assertThat(texts("select id::text from messaging.canaries")).hasSize(2);
    assertThat(texts("select count(*)::text from public.businesses")).containsExactly("1");
  }

  @Test
  void a_funnel_of_the_platform_is_taken_if_its_business_is_used_for_nothing_else() {
    var used = EveryDeliveryEndsTest.business(doors);
    funnel = used.toString();
    assertThat(run().path("problem").asText()).contains("MESSAGING_CANARY_FUNNEL");
    funnel = UUID.randomUUID().toString();
    assertThat(run().path("problem").asText()).contains("no such funnel");

    doors.run(
        "insert into public.businesses (id, name) values ('%1$s', 'Test'); insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Test')"
            .formatted(funnel));
    assertThat(run().path("post").path("body").path("funnelId").asText()).isEqualTo(funnel);
  }

  @Test
  void the_worker_changes_channels_of_canaries_only() throws SQLException {
    EveryDeliveryEndsTest.business(doors);
    run();
    try (var connection = doors.worker.getConnection();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("update public.message_channels set is_enabled = true"))
          .isEqualTo(1);
    }
  }

  /** Stores the lead of a canary as the intake does. */
  private UUID respond(JsonNode state) {
    var post = state.path("post");
    var lead = doors.accept(UUID.fromString(post.path("body").path("funnelId").asText()));
    doors.run(
        "update public.messages set priority = '%2$s' where id = '%1$s'; update messaging.canaries set message_id = '%1$s' where id = '%3$s'"
            .formatted(
                lead, post.path("body").path("priority").asText(), post.path("id").asText()));
    return lead;
  }

  private void arrive(UUID lead) {
    arrive(lead, "email", "sms");
  }

  private void arrive(UUID lead, String... channels) {
    doors.run(
        "update messaging.deliveries set state = 'sent', ended_at = '%s' where message_id = '%s' and channel = any ('{%s}')"
            .formatted(now.plusMillis(7500), lead, String.join(",", channels)));
  }

  private List<String> channelsOf(UUID lead) {
    return texts(
        "select channel from messaging.deliveries where message_id = '%s' order by channel"
            .formatted(lead));
  }

  private List<String> mails() {
    return texts(
        "select period from messaging.deliveries where cause = 'account' and recipient = 'ops@example.com' order by created_at");
  }

  private static List<String> texts(String query) {
    return doors.admin.sql(query).query(String.class).list();
  }

  private String statement() {
    return "select messaging.run_canary('%s', '%s')".formatted(rules(), now);
  }

  private String rules() {
    var rules =
        new JsonMapper()
            .createObjectNode()
            .put("everySeconds", EVERY.toSeconds())
            .put("timeoutSeconds", WITHIN.toSeconds())
            .put("smsEverySeconds", 3600)
            .put("email", "canary@example.com")
            .put("sms", sms)
            .put("operator", "ops@example.com")
            .put("funnel", funnel);
    return rules.toString();
  }

  /** What an instance sees that looks now. */
  private JsonNode run() {
    try (var connection = doors.upkeep.getConnection()) {
      return new JsonMapper().readTree(Doors.ask(connection, statement()).get(0));
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
