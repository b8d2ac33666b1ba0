package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members are notified of a lead once for each thing that happens, as they prefer. */
class NotifyMembersTest {

  private static Doors doors;

  private final UUID business = UUID.randomUUID();
  private final UUID kim = UUID.randomUUID();
  private final UUID robin = UUID.randomUUID();
  private UUID lead;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_with_two_members() {
    var funnel = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into public.funnels (id, business_id, name) values ('%2$s', '%1$s', 'Test');
        insert into public.message_channels (business_id, channel_type, config, is_enabled) values
          ('%1$s', 'email', '{"to":"office@example.com"}', true), ('%1$s', 'sms', '{}', false);
        insert into messaging.business_members (business_id, user_id, role, email) values
          ('%1$s', '%3$s', 'agent', 'kim@example.com'), ('%1$s', '%4$s', 'agent', 'robin@example.com');
        """
            .formatted(business, funnel, kim, robin));
    lead = doors.accept(funnel);
  }

  @Test
  void a_key_notifies_each_address_once_and_another_key_again() {
    assertThat(notified("escalated", "step 1", "{email}", kim, robin)).isEqualTo(2);
    assertThat(notified("escalated", "step 1", "{email}", kim, robin)).isZero();
    assertThat(notified("escalated", "step 2", "{email}", kim)).isEqualTo(1);
    assertThat(notifications())
        .containsExactly(
            "kim email kim@example.com",
            "kim email kim@example.com",
            "robin email robin@example.com");
  }

  @Test
  void members_with_one_number_between_them_get_one_sms() {
    address(kim, "sms", "+61491570006", true);
    address(robin, "sms", "+61491570006", true);
    assertThat(notified("escalated", "step 1", "{sms}", kim, robin)).isEqualTo(1);
  }

  @Test
  void an_address_that_is_not_confirmed_gets_nothing() {
    address(kim, "sms", "+61491570006", false);
    address(kim, "email", "kim@elsewhere.example", false);
    assertThat(notified("escalated", "step 1", "{email,sms}", kim)).isEqualTo(1);
    assertThat(notifications()).containsExactly("kim email kim@example.com");
  }

  @Test
  void a_confirmed_address_of_their_own_takes_the_place_of_the_one_they_sign_in_by() {
    address(kim, "email", "kim@elsewhere.example", true);
    notified("assigned", "assigned 1", "{email}", kim);
    assertThat(notifications()).containsExactly("kim email kim@elsewhere.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new_lead  | {}                          | ",
        "new_lead  | {\"new_lead\":{\"sms\":true}}   | sms",
        "assigned  | {}                          | email",
        "assigned  | {\"assigned\":{\"email\":false}} | ",
        "escalated | {}                          | email sms",
        "escalated | {\"escalated\":{\"sms\":false}} | email",
        "reminder  | {\"assigned\":{\"email\":false}} | email"
      })
  void without_channels_a_member_s_preferences_decide(
      String event, String events, String expected) {
    address(kim, "sms", "+61491570006", true);
    preferences(kim, "events = '" + events + "'");
    notified(event, "once", null, kim);
    assertThat(channels()).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "medium,new_lead,''",
    "urgent,new_lead,sms",
    "high,new_lead,sms",
    "low,escalated,email sms"
  })
  void urgent_only_keeps_other_leads_from_the_phone(
      String priority, String event, String expected) {
    address(kim, "sms", "+61491570006", true);
    preferences(kim, "sms_urgent_only = true, events = '{\"new_lead\":{\"sms\":true}}'");
    doors.run(
        "update public.messages set priority = '%s' where id = '%s'".formatted(priority, lead));
    notified(event, "once", null, kim);
    assertThat(channels()).isEqualTo(expected);
  }

  @Test
  void a_new_lead_that_the_business_s_channel_mails_to_the_same_address_is_not_mailed_twice() {
    doors.run(
        "update public.message_channels set config = '{\"to\":\"Kim@example.com\"}' where business_id = '%s' and channel_type = 'email'"
            .formatted(business));
    assertThat(notified("new_lead", "new_lead", "{email}", kim, robin)).isEqualTo(1);
    assertThat(notifications()).containsExactly("robin email robin@example.com");
    assertThat(notified("escalated", "step 1", "{email}", kim)).isEqualTo(1);
  }

  @Test
  void a_lead_in_quarantine_notifies_nobody() {
    doors.run("update public.messages set quarantined_at = now() where id = '%s'".formatted(lead));
    assertThat(notified("escalated", "step 1", "{email}", kim)).isZero();
  }

  @Test
  void people_of_another_business_are_not_notified() {
    assertThat(notified("escalated", "step 1", "{email}", UUID.randomUUID())).isZero();
    assertThat(
            worker()
                .sql(
                    "select messaging.notify_members(?, ?, 'assigned', 'k', array[?]::uuid[], null, ?::timestamptz, null)")
                .params(UUID.randomUUID(), lead, kim, Doors.NOW.toString())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void an_event_that_nobody_knows_is_named() {
    assertThatThrownBy(() -> notified("lunch", "once", null, kim))
        .hasMessageContaining("There is no event \"lunch\"");
    assertThatThrownBy(() -> notified("assigned", " ", null, kim))
        .hasMessageContaining("needs a key");
  }

  @Test
  void a_claim_brings_the_address_also_while_the_channel_of_the_business_is_off() {
    address(kim, "sms", "+61491570006", true);
    notified("escalated", "step 1", "{sms}", kim);
    assertThat(doors.claim("sms"))
        .filteredOn(row -> business.equals(row.get("business_id")))
        .extracting(row -> row.get("cause") + " " + row.get("recipient"))
        .containsExactly("notification +61491570006");
  }

  @Test
  void whoever_leaves_is_not_notified_any_more() {
    address(kim, "sms", "+61491570006", true);
    notified("escalated", "step 1", "{email,sms}", kim, robin);
    doors.run("delete from messaging.business_members where user_id = '%s'".formatted(kim));
    assertThat(
            doors
                .admin
                .sql("select distinct state from messaging.deliveries where member_id = ?")
                .param(kim)
                .query(String.class)
                .list())
        .containsExactly("cancelled");
    assertThat(
            doors
                .admin
                .sql("select count(*) from messaging.member_addresses where user_id = ?")
                .param(kim)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"left, cancelled", "acted, cancelled", "waits, pending"})
  void an_attempt_under_way_is_not_repeated_for_a_member_who_has_left_or_a_lead_that_is_taken(
      String meanwhile, String expected) {
    notified("escalated", "step 1", "{email}", kim);
    doors.run(
        "update messaging.deliveries set state = 'sending', attempts = 1, leased_by = 'one', lease_until = now() where member_id = '%s'"
            .formatted(kim));
    if (meanwhile.equals("left")) {
      doors.run("delete from messaging.business_members where user_id = '%s'".formatted(kim));
    } else if (meanwhile.equals("acted")) {
      doors.run(
          "update public.messages set status = 'acknowledged' where id = '%s'".formatted(lead));
    }
    worker()
        .sql(
            "update messaging.deliveries set state = 'pending', leased_by = null, lease_until = null, last_error = 'Busy', updated_at = now() where member_id = ?")
        .param(kim)
        .update();
    assertThat(
            doors
                .admin
                .sql(
                    "select state || ' ' || (ended_at is not null) from messaging.deliveries where member_id = ?")
                .param(kim)
                .query(String.class)
                .list())
        .containsExactly(expected + (expected.equals("cancelled") ? " true" : " false"));
  }

  @Test
  void a_reminder_is_kept_for_a_second_attempt_when_somebody_has_acted() {
    notified("reminder", "reminder 1", "{email}", kim);
    doors.run(
        "update messaging.deliveries set state = 'sending', attempts = 1, leased_by = 'one', lease_until = now() where member_id = '%s'"
            .formatted(kim));
    doors.run("update public.messages set status = 'acknowledged' where id = '%s'".formatted(lead));
    doors.run(
        "update messaging.deliveries set state = 'pending', leased_by = null, lease_until = null where member_id = '%s'"
            .formatted(kim));
    assertThat(
            doors
                .admin
                .sql("select state from messaging.deliveries where member_id = ?")
                .param(kim)
                .query(String.class)
                .single())
        .isEqualTo("pending");
  }

  @Test
  void a_notification_that_failed_has_no_fallback_and_leaves_the_lead_s_own_state_alone() {
    doors.run(
        "insert into messaging.fallbacks (business_id, channel, fallback, position) values ('%s', 'sms', 'email', 1)"
            .formatted(business));
    address(kim, "sms", "+61491570006", true);
    notified("escalated", "step 1", "{sms}", kim);
    worker()
        .sql(
            "update messaging.deliveries set state = 'failed', last_error = 'No' where member_id = ?")
        .param(kim)
        .update();
    assertThat(notifications()).hasSize(1);
    assertThat(
            doors
                .admin
                .sql(
                    "select type from messaging.message_events where message_id = ? and type like 'delivery.f%'")
                .param(lead)
                .query(String.class)
                .list())
        .containsExactly("delivery.failed");
    assertThat(
            doors
                .admin
                .sql("select sms_status from public.messages where id = ?")
                .param(lead)
                .query()
                .singleRow())
        .containsEntry("sms_status", null);
  }

  private Integer notified(String event, String key, String channels, UUID... members) {
    var ids =
        List.of(members).stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    return worker()
        .sql(
            "select messaging.notify_members(?, ?, ?, ?, ?::uuid[], ?::text[], ?::timestamptz, null)")
        .params(business, lead, event, key, ids, channels, Doors.NOW.toString())
        .query(Integer.class)
        .single();
  }

  private static JdbcClient worker() {
    return JdbcClient.create(doors.worker);
  }

  private void address(UUID member, String channel, String address, boolean isConfirmed) {
    doors.run(
        """
        insert into messaging.member_addresses (business_id, user_id, channel, address, confirmed_at, created_at, updated_at)
        values ('%s', '%s', '%s', '%s', %s, now(), now())
        """
            .formatted(business, member, channel, address, isConfirmed ? "now()" : "null"));
  }

  private void preferences(UUID member, String assignments) {
    doors.run(
        """
        insert into messaging.personal_preferences (business_id, person_id, updated_at) values ('%1$s', '%2$s', now());
        update messaging.personal_preferences set %3$s where person_id = '%2$s';
        """
            .formatted(business, member, assignments));
  }

  private String channels() {
    return rows().stream().map(row -> (String) row.get("channel")).collect(Collectors.joining(" "));
  }

  private List<String> notifications() {
    return rows().stream()
        .map(
            row ->
                (row.get("member_id").equals(kim) ? "kim " : "robin ")
                    + row.get("channel")
                    + " "
                    + row.get("recipient"))
        .toList();
  }

  private List<Map<String, Object>> rows() {
    return doors
        .admin
        .sql(
            "select member_id, channel, recipient from messaging.deliveries where message_id = ? and cause = 'notification' order by channel, recipient, period")
        .param(lead)
        .query()
        .listOfRows();
  }
}
