package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code is sent to a new address, and only the last one counts. */
class ConfirmationsTest {

  private static final String KIM = "Kim@example.com";
  private static final String MOBILE = "+61491570006";

  private static Doors doors;

  private UUID business;
  private UUID owner;
  private UUID agent;
  private Instant now;
  private String rules;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_with_an_owner_and_an_agent() {
    doors.run("delete from messaging.confirmations; delete from messaging.suppressions");
    business = UUID.randomUUID();
    owner = UUID.randomUUID();
    agent = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into messaging.business_members (business_id, user_id, role, email, created_at) values
          ('%1$s', '%2$s', 'owner', 'owner@example.com', now()), ('%1$s', '%3$s', 'agent', 'agent@example.com', now());
        """
            .formatted(business, owner, agent));
    now = Doors.NOW;
    rules = rules(true, 20, 5);
  }

  @Test
  void a_new_address_is_sent_a_code_that_its_business_cannot_read() throws SQLException {
    assertThat(begin("email", KIM)).isEqualTo("sent");
    assertThat(
            doors
                .admin
                .sql(
                    "select cause || ' ' || channel || ' ' || recipient || ' ' || (payload ->> 'notice') from messaging.deliveries where business_id = ?")
                .param(business)
                .query(String.class)
                .list())
        .containsExactly("account email Kim@example.com confirmation");
    assertThat(
            doors.asCaller(
                claims(owner),
                "select id from messaging.deliveries where business_id = '" + business + "'"))
        .isEmpty();
  }

  @Test
  void a_confirmed_address_needs_no_other_code_in_any_spelling() {
    begin("email", KIM);
    assertThat(confirm("email")).isEqualTo(KIM);
    assertThat(begin("email", "kim@EXAMPLE.com")).isEqualTo("confirmed");
    assertThat(tried("email")).isEmpty();

    begin("email", "lee@example.com");
    confirm("email");
    assertThat(begin("email", KIM)).as("only the last one is remembered").isEqualTo("sent");
  }

  @Test
  void an_owners_sign_in_address_needs_no_code_and_an_agents_does() {
    assertThat(begin("email", "OWNER@example.com")).isEqualTo("confirmed");
    assertThat(begin("email", "agent@example.com")).isEqualTo("sent");
  }

  @Test
  void a_code_has_five_tries_and_ten_minutes() {
    begin("sms", MOBILE);
    for (int left = 4; left >= 0; left--) {
      assertThat(tried("sms").get(0))
          .containsEntry("state", "open")
          .containsEntry("tries_left", left);
    }
    assertThat(tried("sms").get(0)).containsEntry("state", "used up");

    now = now.plusSeconds(60);
    assertThat(begin("sms", MOBILE)).isEqualTo("sent");
    now = now.plus(Duration.ofMinutes(10));
    assertThat(tried("sms").get(0))
        .containsEntry("state", "expired")
        .containsEntry("tries_left", 5);
  }

  @Test
  void a_code_that_was_replaced_confirms_nothing() {
    begin("email", KIM);
    var replaced = tried("email").get(0).get("id");
    begin("email", "lee@example.com");
    assertThat(confirmed(replaced)).isNull();
    assertThat(tried("email").get(0)).containsEntry("address", "lee@example.com");

    assertThat(begin("email", null)).isEqualTo("confirmed");
    assertThat(tried("email")).isEmpty();
  }

  @Test
  void another_code_for_the_same_address_takes_a_minute() {
    begin("email", KIM);
    now = now.plusSeconds(59);
    assertThat(begin("email", KIM)).isEqualTo("too soon");
    now = now.plusSeconds(1);
    assertThat(begin("email", KIM)).isEqualTo("sent");
  }

  @Test
  void codes_are_limited_per_business_and_per_address_of_all_businesses() {
    rules = rules(true, 3, 2);
    begin("email", KIM);
    var first = business;
    a_business_beside();
    begin("email", "KIM@example.com");
    now = now.plusSeconds(60);
    assertThat(begin("email", KIM)).isEqualTo("address");

    business = first;
    assertThat(begin("email", "a@example.com")).isEqualTo("sent");
    assertThat(begin("email", "b@example.com")).isEqualTo("sent");
    assertThat(begin("email", "c@example.com")).isEqualTo("business");
    now = now.plus(Duration.ofHours(24));
    assertThat(begin("email", "c@example.com")).isEqualTo("sent");
  }

  @Test
  void nothing_is_sent_to_a_suppressed_address() {
    doors.run(
        "insert into messaging.suppressions (business_id, channel, address, reason, created_at) values ('%s', 'sms', '%s', 'unsubscribed', now())"
            .formatted(business, MOBILE));
    assertThat(begin("sms", MOBILE)).isEqualTo("suppressed");
  }

  @Test
  void where_no_code_is_required_every_address_counts() {
    begin("email", KIM);
    rules = rules(false, 20, 5);
    assertThat(begin("email", "lee@example.com")).isEqualTo("confirmed");
    assertThat(tried("email")).isEmpty();
  }

  @Test
  void a_caller_who_gives_rules_of_their_own_gets_no_more_tries_and_time_than_the_bounds() {
    rules = rules.replace("\"minutes\":10,\"tries\":5", "\"minutes\":100000,\"tries\":1000");
    begin("email", KIM);
    assertThat(
            doors
                .admin
                .sql(
                    "select format('%s %s', expires_at - created_at, tries_left) from messaging.confirmations where business_id = ?")
                .param(business)
                .query(String.class)
                .single())
        .isEqualTo("01:00:00 10");
  }

  @Test
  void an_owner_begins_no_confirmation_of_another_business() {
    var other = business;
    a_business_with_an_owner_and_an_agent();
    var mine = owner;
    var claimed = business;
    business = other;
    assertThatThrownBy(
            () ->
                doors.asCaller(
                    "{\"sub\":\"%s\",\"role\":\"authenticated\",\"business\":\"%s\"}"
                        .formatted(mine, claimed),
                    "select messaging.begin_confirmation('%s', null, 'email', '%s', '%s', now())"
                        .formatted(other, KIM, rules)))
        .hasMessageContaining("confirm");
  }

  @Test
  void an_address_of_a_member_is_their_own_to_confirm() {
    assertThat(begin(agent, agent, "sms", MOBILE)).isEqualTo("sent");
    assertThat(begin(agent, agent, "email", "agent@example.com")).isEqualTo("confirmed");
    assertThat(begin("sms", MOBILE)).as("that of the channel is another one").isEqualTo("sent");
    for (var caller : List.of(owner, agent)) {
      var other = caller.equals(owner) ? agent : null;
      assertThatThrownBy(() -> begin(caller, other, "sms", "+61491570156"))
          .hasMessageContaining("confirm");
    }
  }

  private void a_business_beside() {
    business = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Beside');
        insert into messaging.business_members (business_id, user_id, role, email, created_at)
          values ('%1$s', '%2$s', 'owner', 'owner@example.com', now());
        """
            .formatted(business, owner));
  }

  private String begin(String channel, String address) {
    return begin(owner, null, channel, address);
  }

  private String begin(UUID caller, UUID member, String channel, String address) {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Doors.ask(connection, "select set_config('role', 'authenticated', true)");
        Doors.ask(
            connection, "select set_config('request.jwt.claims', '" + claims(caller) + "', true)");
        var outcome =
            Doors.ask(
                connection,
                "select messaging.begin_confirmation('%s', %s, '%s', %s, '%s', '%s')"
                    .formatted(business, text(member), channel, text(address), rules, now));
        connection.commit();
        return outcome.get(0);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static String text(Object value) {
    return value == null ? "null" : "'" + value + "'";
  }

  private List<Map<String, Object>> tried(String channel) {
    return StatementFile.of("take-confirmation-try")
        .run(
            doors.worker,
            Map.of(
                "variable.caller.businessId",
                business.toString(),
                "variable.confirmedMember",
                "",
                "variable.channelType",
                channel,
                "bean:now?method=moment",
                now.toString()));
  }

  private Object confirm(String channel) {
    return confirmed(tried(channel).get(0).get("id"));
  }

  private Object confirmed(Object id) {
    return StatementFile.of("confirm-address")
        .run(
            doors.worker,
            Map.of(
                "variable.confirmation", id.toString(), "bean:now?method=moment", now.toString()))
        .get(0)
        .get("address");
  }

  private String claims(UUID person) {
    return "{\"sub\":\"%s\",\"role\":\"authenticated\",\"business\":\"%s\"}"
        .formatted(person, business);
  }

  private static String rules(boolean isRequired, int perBusiness, int perAddress) {
    return "{\"isRequired\":%s,\"minutes\":10,\"tries\":5,\"perBusiness\":%d,\"perAddress\":%d}"
        .formatted(isRequired, perBusiness, perAddress);
  }
}
