package com.callback.messaging.delivery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is owed and is not there is named within one look: in health, as a metric, in the log. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class LedgerTest {

  @Autowired Service service;
  @Autowired ProducerTemplate routes;

  @Test
  void a_delivery_that_is_gone_is_named_until_it_is_back(CapturedOutput output) {
    var business = service.business();
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    await().until(() -> ended(lead) == 3);
    look();
    assertThat(findings(lead)).isEmpty();

    service
        .database()
        .sql("delete from messaging.deliveries where message_id = ? and channel = 'sms'")
        .param(lead)
        .update();
    look();
    look();

    assertThat(findings(lead))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.get("businessId").asText()).isEqualTo(business.id().toString());
              assertThat(finding.get("accepted").asInt()).isEqualTo(3);
              assertThat(finding.get("found").asInt()).isEqualTo(2);
            });
    assertThat(health("books").get("status").asText()).isEqualTo("OUT_OF_BALANCE");
    assertThat(service.get("/actuator/health/books").statusCode()).isEqualTo(200);
    assertThat(health("readiness").get("status").asText()).isEqualTo("UP");
    assertThat(service.get("/actuator/health").body()).doesNotContain(lead.toString());
    assertThat(metric("messaging_ledger_imbalance")).isGreaterThanOrEqualTo(1);
    assertThat(output.getAll().split("The ledger does not balance: lead of business [^\n]*" + lead))
        .as("logged once")
        .hasSize(2);

    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, channel, state, next_attempt_at, created_at, updated_at) values (?, 'lead', ?, 'sms', 'cancelled', now(), now(), now())")
        .params(business.id(), lead)
        .update();
    look();
    assertThat(findings(lead)).isEmpty();
  }

  @Test
  void one_too_many_is_named_as_well() {
    var business = service.businessWithoutChannels();
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, channel, state, next_attempt_at, created_at, updated_at) values (?, 'lead', ?, 'sms', 'cancelled', now(), now(), now())")
        .params(business.id(), lead)
        .update();
    look();
    assertThat(findings(lead)).hasSize(1);
    service
        .database()
        .sql("delete from messaging.deliveries where message_id = ?")
        .param(lead)
        .update();
    look();
    assertThat(findings(lead)).isEmpty();
  }

  @Test
  void a_fallback_and_an_event_that_is_told_are_owed_by_entries_of_their_own() {
    var business = service.business();
    service
        .database()
        .sql(
            "insert into messaging.fallbacks (business_id, channel, position, fallback) values (?, 'email', 1, 'sms')")
        .param(business.id())
        .update();
    service
        .database()
        .sql(
            "update messaging.webhook_subscriptions set event_types = '{message.created,message.archived,delivery.failed}' where business_id = ?")
        .param(business.id())
        .update();
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, sms_urgent_only) values (?, true)")
        .param(business.id())
        .update();
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    await().until(() -> ended(lead) == 2);
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'failed' where message_id = ? and channel = 'email'")
        .param(lead)
        .update();
    service
        .database()
        .sql("update public.messages set status = 'archived' where id = ?")
        .param(lead)
        .update();

    assertThat(causes(lead)).containsExactly("event", "event", "lead", "lead", "lead");
    look();
    assertThat(findings(lead)).isEmpty();
    assertThat(findingsOf(business)).isEmpty();

    service
        .database()
        .sql("delete from messaging.deliveries where message_id = ? and cause = 'event'")
        .param(lead)
        .update();
    look();
    assertThat(findingsOf(business))
        .hasSize(2)
        .allSatisfy(finding -> assertThat(finding.get("cause").asText()).isEqualTo("event"));
    service.database().sql("delete from public.messages where id = ?").param(lead).update();
    look();
    assertThat(findingsOf(business)).isEmpty();
  }

  @Test
  void what_has_not_arrived_is_told_in_metrics_without_naming_anybody() {
    var business = service.businessWithoutChannels();
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, channel, state, next_attempt_at, created_at, updated_at) values (?, 'reply', 'semaphore', 'failed', now(), now(), now()), (?, 'reply', 'semaphore', 'pending', now() - interval '1 day', now() - interval '1 day', now())")
        .params(business.id(), business.id())
        .update();

    routes.sendBody("direct:count-undelivered", "");

    assertThat(metric("messaging_undelivered{channel=\"semaphore\",state=\"failed\"}")).isOne();
    assertThat(metric("messaging_undelivered{channel=\"semaphore\",state=\"late\"}")).isOne();
    assertThat(metric("messaging_deliveries_oldest_seconds{channel=\"semaphore\"}"))
        .isGreaterThanOrEqualTo(86_400);
    assertThat(metric("messaging_unreached_leads")).isNotNegative();
    assertThat(service.get("/actuator/prometheus").body())
        .contains("http_server_requests_seconds_count")
        .doesNotContain(business.id().toString());

    service
        .database()
        .sql("delete from messaging.deliveries where business_id = ?")
        .param(business.id())
        .update();
    routes.sendBody("direct:count-undelivered", "");
    assertThat(service.get("/actuator/prometheus").body()).doesNotContain("semaphore");
  }

  private void look() {
    routes.sendBody("direct:check-ledger", "");
  }

  private long ended(UUID lead) {
    return service
        .database()
        .sql(
            "select count(*) from messaging.deliveries where message_id = ? and state in ('sent', 'delivered')")
        .param(lead)
        .query(Long.class)
        .single();
  }

  private List<String> causes(UUID lead) {
    return service
        .database()
        .sql("select cause from messaging.deliveries where message_id = ? order by cause")
        .param(lead)
        .query(String.class)
        .list();
  }

  private JsonNode health(String group) {
    return service.json(service.get("/actuator/health/" + group).body());
  }

  private List<JsonNode> findings(UUID lead) {
    return findings("messageId", lead.toString());
  }

  private List<JsonNode> findingsOf(Service.Business business) {
    return findings("businessId", business.id().toString());
  }

  private List<JsonNode> findings(String field, String value) {
    var all = health("books").at("/components/ledger/details/findings");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(finding -> finding.path(field).asText().equals(value))
        .toList();
  }

  private double metric(String name) {
    return service
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }
}
