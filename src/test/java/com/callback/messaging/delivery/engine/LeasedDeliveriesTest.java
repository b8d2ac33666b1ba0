package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.PER_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** Ten slots for webhooks, three requests at once to a host, and six slots for mails. */
class LeasedDeliveriesTest extends AdmissionSetup {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final UUID FUNNEL = UUID.randomUUID();

  private final Channels channels =
      new Channels(
          new MockEnvironment()
              .withProperty("channels.webhook.providers", "http")
              .withProperty("channels.webhook.in-flight", "10")
              .withProperty("channels.webhook.batch", "10")
              .withProperty("channels.email.providers", "smtp")
              .withProperty("channels.email.in-flight", "6")
              .withProperty("channels.sms.providers", "touchsms")
              .withProperty("channels.sms.enabled", "false"));
  private final Providers providers = Burdens.providers(channels, hosts);
  private final Admission admission =
      new Admission(channels, hosts, providers, claimGate, outcomeQueue, leases);
  private final Attempts attempts =
      new Attempts(new Deliveries(), providers, null, outcomeQueue, admission, null);
  private final LeasedDeliveries leased =
      new LeasedDeliveries(admission, leases, attempts, new Instance());

  private final UUID hook = UUID.randomUUID();
  private final UUID mailbox = UUID.randomUUID();

  @Test
  void slots_are_reserved_for_the_leads_of_a_batch_in_each_channel_that_works_here()
      throws Exception {
    assertThat(admission.reserve(1).json())
        .as("no more than half of what is free")
        .contains("\"webhook\":4", "\"email\":3")
        .doesNotContain("sms");
    assertThat(admission.reserve(3).json()).contains("\"webhook\":3", "\"email\":2");
    assertThat(admission.reserve(3).json()).contains("\"webhook\":2", "\"email\":1");
  }

  @Test
  void reserved_slots_that_are_not_used_come_back_once() {
    var reservation = admission.reserve(3);

    leased.giveBack(reservation);
    leased.giveBack(reservation);

    assertThat(admission.inFlight("webhook")).isZero();
    assertThat(admission.isSending()).isFalse();
  }

  @Test
  void nothing_is_reserved_before_the_service_answers() throws Exception {
    var closed = closedGate();
    var early = new Admission(channels, hosts, providers, closed, outcomeQueue, leases);

    assertThat(early.reserve(1).json()).isEqualTo("{}");
  }

  @Test
  void nothing_is_reserved_where_more_waits_already() throws Exception {
    var waiting = new HashMap<String, Object>();
    waiting.put("business_id", BUSINESS);
    waiting.put("queue_id", hook);
    waiting.put("deliveries", 5);
    waiting.put("more", false);
    waiting.put("url", "https://a.example/hook");
    admission.claimed("webhook", admission.quotas("webhook", List.of(waiting)), List.of());

    assertThat(admission.moreWaits("webhook")).isTrue();
    assertThat(admission.reserve(1).json()).contains("email").doesNotContain("webhook");
  }

  @Test
  void what_was_stored_under_a_lease_is_sent_with_all_that_its_channel_needs() throws Exception {
    var rows = leased.take(admission.reserve(1), List.of(stored("webhook", hook, 1), repeated()));
    assertThat(admission.inFlight("webhook")).isEqualTo(1);
    assertThat(admission.inFlight("email")).isZero();

    var admitted = leased.admit(rows, List.of(target("webhook", hook, "https://a.example/hook")));

    assertThat(admitted.refused()).isEmpty();
    var attempt = admitted.batches().get(0).get(0);
    assertThat(attempt.channel()).isEqualTo("webhook");
    var delivery = attempt.delivery();
    assertThat(delivery.id()).isEqualTo(rows.get(0).get("id"));
    assertThat(delivery.attempt()).isEqualTo(1);
    assertThat(delivery.message().path("contact_name").textValue()).isEqualTo("Ada");
    assertThat(delivery.message().path("funnel").textValue()).isEqualTo("Front door");
    assertThat(delivery.setting("url")).isEqualTo("https://a.example/hook");
    assertThat(leases.row().toString()).contains(delivery.id().toString());
    attempts.end(attempt);
    assertThat(admission.inFlight("webhook")).isZero();
    assertThat(leases.row().toString()).doesNotContain(delivery.id().toString());
  }

  @Test
  void each_channel_is_a_batch_of_its_own_and_each_target_is_asked_for_once() throws Exception {
    var rows =
        leased.take(
            admission.reserve(4),
            List.of(
                stored("webhook", hook, 2),
                stored("webhook", hook, 1),
                stored("email", mailbox, 2)));

    assertThat(new ObjectMapper().readTree((String) leased.targets(rows).get("targets")))
        .extracting(target -> target.path("channel").textValue())
        .containsExactly("webhook", "email");
    var admitted =
        leased.admit(
            rows,
            List.of(
                target("webhook", hook, "https://a.example/hook"), target("email", mailbox, null)));
    assertThat(admitted.batches()).extracting(List::size).containsExactly(3, 2);
  }

  @Test
  void what_a_host_cannot_bear_is_refused_and_no_more_is_offered_to_it_for_a_while()
      throws Exception {
    var rows = leased.take(admission.reserve(4), List.of(stored("webhook", hook, PER_HOST + 1)));

    var admitted = leased.admit(rows, List.of(target("webhook", hook, "https://a.example/hook")));

    assertThat(admitted.batches().get(0)).hasSize(PER_HOST);
    assertThat(admitted.refused()).hasSize(1);
    assertThat(admission.inFlight("webhook")).isEqualTo(PER_HOST);
    assertThat(admission.moreWaits("webhook")).isTrue();
    assertThat(admission.reserve(1).busy()).isEqualTo(hook.toString());
    assertThat((String[]) leased.handBack(admitted.refused()).get("ids"))
        .containsExactly(admitted.refused().get(0).get("id").toString());
    assertThat(leases.row().toString())
        .doesNotContain(admitted.refused().get(0).get("id").toString());
  }

  @Test
  void a_host_that_rests_makes_no_other_send_look_again() throws Exception {
    var target = new Target("a.example:-1", hook, BUSINESS);
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target, true);
      hosts.done(target, Burdens.unconnected());
    }
    var rows = leased.take(admission.reserve(1), List.of(stored("webhook", hook, 1)));

    var admitted = leased.admit(rows, List.of(target("webhook", hook, "https://a.example/hook")));

    assertThat(admitted.batches()).isEmpty();
    assertThat(admission.moreWaits("webhook")).isFalse();
  }

  @Test
  void where_targets_cannot_be_read_all_is_handed_back() throws Exception {
    var rows =
        leased.take(
            admission.reserve(2), List.of(stored("webhook", hook, 2), stored("email", mailbox, 1)));

    var admitted = leased.admit(rows, null);

    assertThat(admitted.batches()).isEmpty();
    assertThat(admitted.refused()).isEqualTo(rows);
    assertThat(admission.isSending()).isFalse();
    assertThat(admission.moreWaits("webhook")).isTrue();
  }

  @Test
  void leads_of_which_nobody_knows_are_handed_back_as_a_whole() {
    var parameters = leased.handBackLeads(List.of("1", "2"));

    assertThat((String[]) parameters.get("leads")).containsExactly("1", "2");
    assertThat((String[]) parameters.get("ids")).isEmpty();
  }

  @Test
  void a_delivery_whose_target_was_deleted_meanwhile_fails_by_itself() throws Exception {
    var rows = leased.take(admission.reserve(1), List.of(stored("email", mailbox, 1)));

    var admitted = leased.admit(rows, List.of());

    assertThat(admitted.batches().get(0).get(0).delivery().target()).isNull();
  }

  /** A row of accept-message.sql with so many deliveries under a lease. */
  private static Map<String, Object> stored(String channel, UUID queueId, int deliveries) {
    var lead = new HashMap<String, Object>();
    lead.put("business_id", BUSINESS.toString());
    lead.put("funnel_id", FUNNEL.toString());
    lead.put("message", "{\"contact_name\": \"Ada\"}");
    lead.put(
        "leased",
        Stream.generate(
                () ->
                    "{\"id\":\"%s\",\"channel\":\"%s\",\"queueId\":\"%s\"}"
                        .formatted(UUID.randomUUID(), channel, queueId))
            .limit(deliveries)
            .collect(Collectors.joining(",", "[", "]")));
    return lead;
  }

  /** A row of a request that was there already: nothing of it is sent. */
  private static Map<String, Object> repeated() {
    var row = new HashMap<String, Object>();
    row.put("leased", null);
    return row;
  }

  /** A row of load-targets.sql. */
  private static Map<String, Object> target(String channel, UUID queueId, String url) {
    var row = new HashMap<String, Object>();
    row.put("channel", channel);
    row.put("queue_id", queueId);
    row.put("business_id", BUSINESS);
    row.put("funnel_id", FUNNEL);
    row.put("url", url);
    row.put("target", url == null ? "{}" : "{\"url\": \"" + url + "\"}");
    row.put("business", "{\"name\": \"Café\", \"timeZone\": \"UTC\"}");
    row.put("funnel", "Front door");
    return row;
  }
}
