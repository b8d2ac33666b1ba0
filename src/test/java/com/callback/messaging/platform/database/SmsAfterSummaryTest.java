package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An SMS that answers a summary is about the leads of the summary. */
class SmsAfterSummaryTest {

  private static final String NUMBER = "+61491570006";
  private static final Pattern ID = Pattern.compile("\"id\" : \"([0-9a-f-]{36})\"");

  private static Doors doors;

  private UUID business;
  private Instant now;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_that_is_notified_by_sms() {
    doors.run("delete from public.businesses");
    business = UUID.randomUUID();
    now = Doors.NOW;
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into public.message_channels (id, business_id, channel_type, config) values ('%1$s', '%1$s', 'sms', '{"to": "%2$s"}');
        """
            .formatted(business, NUMBER));
  }

  @Test
  void it_finds_every_lead_of_the_summary_so_that_the_sender_is_asked_which() {
    var ada = lead();
    var bob = lead();
    summary(ada, bob);
    assertThat(found(null)).containsExactlyInAnyOrder(ada, bob);
  }

  @Test
  void a_lead_that_was_taken_from_the_summary_is_shown_as_taken() {
    var ada = lead();
    var bob = lead();
    summary(ada, bob);
    doors.run("update public.messages set status = 'acknowledged' where id = '%s'".formatted(ada));
    assertThat(foundRaw(null)).contains("\"status\" : \"acknowledged\"", "\"status\" : \"unread\"");
  }

  @Test
  void it_finds_those_of_the_summary_alone_where_the_provider_names_the_summary() {
    notified(lead());
    var ada = lead();
    var bob = lead();
    assertThat(found(summary(ada, bob))).containsExactlyInAnyOrder(ada, bob);
  }

  @Test
  void it_also_finds_a_lead_that_was_notified_of_since() {
    var ada = lead();
    summary(ada);
    var later = lead();
    notified(later);
    assertThat(found(null)).containsExactly(later, ada);
  }

  private UUID lead() {
    var lead = UUID.randomUUID();
    doors.run(
        """
        insert into public.messages (id, business_id, type, contact_name, created_at, updated_at)
        values ('%s', '%s', 'callback_request', 'Ada', '%s', '%3$s')
        """
            .formatted(lead, business, now));
    return lead;
  }

  private UUID summary(UUID... leads) {
    var summary = sent("summary", null, null);
    for (var lead : leads) {
      sent("lead", lead, summary);
    }
    return summary;
  }

  private void notified(UUID lead) {
    charge(sent("lead", lead, null), "lead");
  }

  /** The SMS of a covered notification is the summary: it alone is charged. */
  private UUID sent(String cause, UUID lead, UUID summary) {
    var id = UUID.randomUUID();
    doors.run(
        """
        insert into messaging.deliveries (id, business_id, cause, message_id, channel, target_id, covered_by, state, next_attempt_at,
          created_at, updated_at, ended_at)
        values ('%s', '%s', '%s', %s, 'sms', '%2$s', %s, 'sent', '%s', '%6$s', '%6$s', '%6$s')
        """
            .formatted(id, business, cause, text(lead), text(summary), now));
    if (cause.equals("summary")) {
      charge(id, cause);
    }
    return id;
  }

  private void charge(UUID delivery, String cause) {
    now = now.plusSeconds(1);
    doors.run(
        """
        insert into messaging.sms_charges (delivery_id, business_id, attempts_before, cause, recipient, parts, cost, charged_at)
        values ('%s', '%s', 0, '%s', hashtextextended('%s', 0), 1, 0, '%s')
        """
            .formatted(delivery, business, cause, NUMBER, now));
  }

  private static String text(UUID id) {
    return id == null ? "null" : "'" + id + "'";
  }

  private List<UUID> found(UUID answered) {
    return ID.matcher(foundRaw(answered))
        .results()
        .map(id -> UUID.fromString(id.group(1)))
        .toList();
  }

  private String foundRaw(UUID answered) {
    var reply =
        "{\"number\": \"%s\", \"delivery\": %s, \"since\": \"%s\"}"
            .formatted(
                NUMBER,
                answered == null ? "null" : "\"" + answered + "\"",
                Doors.NOW.minus(Duration.ofHours(72)));
    return (String)
        StatementFile.of("find-notified-leads")
            .run(doors.worker, Map.of("variable.reply.json", reply))
            .get(0)
            .get("found");
  }
}
