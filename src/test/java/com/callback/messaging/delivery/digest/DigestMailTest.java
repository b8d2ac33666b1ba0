package com.callback.messaging.delivery.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.template.Templates;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a digest says, in both of its parts. */
@ServiceTest
class DigestMailTest {

  private static final String FULL =
      """
      {"kind": "weekly", "received": 12, "receivedBefore": 9, "waiting": 22, "overdue": 1, "answered": 9, "answeredInTime": 8,
       "medianSeconds": 1475, "owed": 24, "reached": 20, "onItsWay": 0, "undelivered": 4, "cancelled": 0,
       "smsMessages": 12, "smsParts": 14, "smsCost": 1.12, "quarantined": 2, "quarantinedSince": "2026-11-27T03:04:05.000Z",
       "firstDay": "2026-11-23", "lastDay": "2026-11-30", "channels": ["email", "sms"],
       "problems": [{"channel": "sms", "failed": 3, "held": 1, "late": 0, "reason": "unconfirmed"},
         {"channel": "carrier-pigeon", "failed": 0, "held": 0, "late": 2, "reason": null}],
       "silent": [{"title": "Roof <check>", "since": "2026-11-26T23:00:00.000Z", "expected": 11}],
       "leads": [
         {"id": "0197c1d2-7f3a-7b11-9c55-2f6d5a1e0001", "name": "Ada <Lovelace>", "phone": "0491 570 006", "number": "+61491570006",
          "email": "ada@example.com", "funnel": "Roof check", "priority": "urgent", "createdAt": "2026-11-29T21:00:00.000Z",
          "dueAt": "2026-11-29T21:15:00.000Z", "isOverdue": true},
         {"id": "0197c1d2-7f3a-7b11-9c55-2f6d5a1e0002", "name": "Grace Hopper", "phone": null, "number": null,
          "email": "grace@example.com", "funnel": null, "priority": "medium", "createdAt": "2026-11-29T22:30:00.000Z",
          "dueAt": null, "isOverdue": false}]}
      """;

  @Autowired DigestModel digests;
  @Autowired Templates templates;
  @Autowired ObjectMapper json;

  @Test
  void waiting_leads_stand_first_each_with_links_that_call_and_act() throws Exception {
    var html = filled("html", json.readTree(FULL));
    assertThat(html)
        .contains("href=\"tel:+61491570006\"", "Ada &lt;Lovelace&gt;", "1 overdue", "And 20 more")
        .containsPattern("href=\"[^\"]+/a/[\\w-]+\"[^>]*>I take it<")
        .contains("/inbox/0197c1d2-7f3a-7b11-9c55-2f6d5a1e0002\"", "grace@example.com")
        .doesNotContain("<img", "Nobody is waiting", "All quiet");
    inOrder(html, "Ada &lt;Lovelace&gt;", "12</p>", "had waited 24 min", "SMS:</strong>");
    inOrder(html, "SMS:</strong>", "Quarantined as", "is silent:", "Notifications: 24");
  }

  @Test
  void the_text_says_the_same() throws Exception {
    var text = filled("text", json.readTree(FULL));
    assertThat(text)
        .contains("Waiting for a call: 22, 1 overdue\n")
        .contains("Urgent: Ada <Lovelace> (overdue)\n  Call:  0491 570 006\n")
        .contains("Call by 08:15. Received Monday 30 November 2026, 08:00, Roof check, ")
        .contains("Received:    12; 9 the week before\nCalled back: 9\n")
        .contains("had waited 24 min or less. In time: 8 of 9.\n")
        .contains(
            "SMS: 3 could not be delivered. Please check the address or number. 1 held: see the settings of the channel."
                + " The recipient is not confirmed yet: enter the code that was sent.\n")
        .contains("carrier-pigeon: 2 delayed, and still tried.\n")
        .contains("Roof <check> is silent: no lead since Friday 27 November 2026, 10:00,")
        .contains("SMS: 12 in 14 parts, 1.12 ")
        .containsPattern("  Take it: \\S+/a/[\\w-]+\n  Open in inbox: \\S+/inbox/0197c1d2-\\S+\n");
    inOrder(text, "Ada <Lovelace>", "Grace Hopper", "And 20 more.", "Received:", "SMS: 3");
    inOrder(text, "SMS: 3", "Quarantined as", "is silent", "Notifications: 24");
  }

  @Test
  void a_time_as_long_as_the_pause_is_what_a_late_digest_is_compared_with() throws Exception {
    var late = (ObjectNode) json.readTree(FULL);
    late.put("firstDay", "2026-11-02");
    assertThat(filled("text", late))
        .contains("since the last digest, 2 November to 30 November")
        .contains("12; 9 in as many days before");
  }

  @Test
  void nothing_to_report_is_said_in_one_sentence() throws Exception {
    var empty =
        json.readTree(
            "{\"kind\": \"daily\", \"firstDay\": \"2026-11-29\", \"lastDay\": \"2026-11-30\", \"leads\": []}");
    for (var part : List.of("text", "html")) {
      assertThat(filled(part, empty))
          .contains("All quiet: no leads came in, and nobody is waiting for a call.")
          .doesNotContain("eceived", "Called back", "Notifications");
    }
    assertThat(filled("subject", empty))
        .isEqualTo("Callbacks on 29 November to 30 November: all quiet");
  }

  private String filled(String part, JsonNode payload) throws Exception {
    var digest =
        new Delivery(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "digest",
            "email",
            UUID.randomUUID(),
            "kim@example.com",
            1,
            1,
            0,
            "me",
            null,
            null,
            json.readTree("{\"name\": \"Harbour\", \"timeZone\": \"Australia/Sydney\"}"),
            payload,
            null,
            null);
    return templates.fill("email/" + digests.templateOf(digest) + "." + part, digests.of(digest));
  }

  private static void inOrder(String mail, String... parts) {
    assertThat(List.of(parts).stream().map(mail::indexOf))
        .as(String.join(", ", parts))
        .doesNotContain(-1)
        .isSorted();
  }
}
