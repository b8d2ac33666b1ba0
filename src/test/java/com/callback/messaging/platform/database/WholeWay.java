package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that the service's routes ask of the database, once, each through its own door. */
final class WholeWay {

  static final UUID DEMO_FUNNEL = UUID.fromString("0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10");

  private static final String NOW = Doors.NOW.toString();

  static final String AFTER_A_LOSS =
      "[{\"channel\":\"sms\",\"resend\":false,\"losses\":3,\"receiptWait\":\"PT10M\"}]";

  private WholeWay() {}

  /** Makes the demo business, as on a first start. */
  static void seedDemo(Doors doors) {
    StatementFile.of("seed-demo")
        .run(
            doors.worker,
            Map.of(
                "bean:demo?method=funnel", DEMO_FUNNEL.toString(),
                "bean:now?method=moment", Doors.NOW.minusSeconds(864_000).toString(),
                "webhookUrl", "http://127.0.0.1:8080/sandbox/webhook"));
  }

  /** A lead of a funnel whose business has e-mail and a webhook on, from intake to digest. */
  static void of(Doors doors, UUID funnel) {
    new DatabaseRoleCheck(doors.byName()).afterPropertiesSet();
    assertThat(
            StatementFile.of("load-funnel")
                .run(
                    doors.worker,
                    Map.of(
                        "funnel",
                        funnel.toString(),
                        "bean:now?method=moment",
                        Doors.NOW.toString())))
        .hasSize(1);
    doors.accept(funnel);
    assertThat(dueChannels(doors)).contains("email", "webhook");
    for (var channel : List.of("email", "sms", "webhook")) {
      for (var claimed : doors.claim(channel)) {
        assertThat(doors.recordOutcome(claimed, "webhook".equals(channel) ? "delivered" : "sent"))
            .as("recorded")
            .isTrue();
      }
    }
    assertThat(dueChannels(doors)).isEmpty();
    upkeep(doors);
    sandbox(doors);
  }

  private static List<Object> dueChannels(Doors doors) {
    return List.of("email", "sms", "webhook").stream()
        .filter(
            channel ->
                !StatementFile.of("list-due-queues")
                    .run(doors.worker, Doors.lookOf(channel))
                    .isEmpty())
        .map(Object.class::cast)
        .toList();
  }

  private static void upkeep(Doors doors) {
    StatementFile.of("end-lost-deliveries")
        .run(
            doors.worker,
            Map.of(
                "bean:now?method=moment",
                NOW,
                "bean:leases?method=lostBefore",
                NOW,
                "bean:channels?method=afterALoss",
                AFTER_A_LOSS));
    StatementFile.of("stop-waiting-for-receipts")
        .run(doors.worker, Map.of("bean:now?method=moment", NOW));
    StatementFile.of("release-leases")
        .run(
            doors.worker,
            Map.of("bean:now?method=moment", NOW, "bean:instance?method=name", "another"));
    assertThat(openDigests(doors)).as("digests opened").isPositive();
    assertThat(openDigests(doors)).as("digests opened again").isZero();
  }

  private static int openDigests(Doors doors) {
    // Later than any clock that these tests may run by, because what exists since when decides.
    var asked =
        Map.of(
            "bean:now?method=moment",
            "2100-01-01T19:00:00Z",
            "kind",
            "daily",
            "at",
            "18:00",
            "bean:digestTroubles?method=named(${header.kind})",
            "{}");
    var due =
        StatementFile.of("list-due-digests").run(doors.worker, asked).get(0).get("businesses");
    if (due == null) {
      return 0;
    }
    var opened = new HashMap<String, Object>(asked);
    opened.put("variable.businesses", due);
    return StatementFile.of("open-digests").run(doors.worker, opened).size();
  }

  private static void sandbox(Doors doors) {
    StatementFile.of("store-sandbox-message")
        .run(
            doors.worker,
            Map.of(
                "body.channel", "email",
                "body.to", "owner@example.com",
                "body.subject", "A lead",
                "body.body", "text",
                "body.html", "<p>text</p>",
                "body.headers", "{}",
                "bean:now?method=moment", NOW));
    var caught =
        StatementFile.of("list-sandbox-messages")
            .run(doors.worker, Map.of("header.channel", "email", "most", "1"));
    assertThat(caught).hasSize(1);
    var id = caught.get(0).get("id").toString();
    assertThat(StatementFile.of("load-sandbox-html").run(doors.worker, Map.of("message", id)))
        .hasSize(1);
    StatementFile.of("expire-sandbox-messages")
        .run(doors.worker, Map.of("bean:now?method=moment", NOW));
  }
}
