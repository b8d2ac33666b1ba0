package com.callback.messaging.inbox.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Leads are not kept for ever, and none goes unseen. */
@ServiceTest
class RetentionTest {

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  Business business;

  @BeforeEach
  void a_business_that_keeps_leads_for_a_year() {
    business = service.business();
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, retention_months) values (?, 12)")
        .param(business.id())
        .update();
  }

  @Test
  void an_old_lead_is_archived_first_and_deleted_after_the_grace() {
    var old = lead("read", 13);
    var young = lead("read", 11);

    apply();

    assertThat(status(old)).isEqualTo("archived");
    assertThat(status(young)).isEqualTo("read");
    assertThat(events(old)).contains("message.archived");
    var archived = noted("archive-expired");
    assertThat(archived.at("/details/messages").asInt()).isOne();
    assertThat(archived.at("/details/unacknowledged").asInt()).isOne();
    assertThat(archived.get("actorKind").asText()).isEqualTo("service");

    service.awaitDeliveries(business);
    apply();
    assertThat(status(old)).as("not before the grace is over").isEqualTo("archived");

    theGraceIsOver(old);
    apply();

    assertThat(leads()).containsExactly(young);
    // The sandbox is a window that shows the last week, in development only.
    assertThat(new Traces(service).of("Ada " + old))
        .allMatch(trace -> trace.startsWith("messaging.sandbox_messages"));
    assertThat(noted("delete-expired").at("/details/messages").asInt()).isOne();
  }

  @Test
  void what_nobody_was_ever_told_of_is_kept_until_somebody_has_acted() {
    var unseen = lead("unread", 13);
    service
        .database()
        .sql("update messaging.deliveries set state = 'failed' where message_id = ?")
        .param(unseen)
        .update();

    apply();
    assertThat(status(unseen)).isEqualTo("unread");

    service
        .database()
        .sql("update public.messages set status = 'acknowledged' where id = ?")
        .param(unseen)
        .update();
    apply();
    assertThat(status(unseen)).isEqualTo("archived");
    theGraceIsOver(unseen);
    service.awaitDeliveries(business);
    apply();
    assertThat(leads()).isEmpty();
    assertThat(noted("delete-expired").at("/details/undelivered").asInt()).isOne();
  }

  @Test
  void what_is_still_on_its_way_is_not_taken_away() {
    var lead = lead("read", 13);
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'pending', next_attempt_at = "
                + now()
                + " + interval '9 years' where message_id = ? and channel = 'sms'")
        .param(lead)
        .update();
    apply();
    assertThat(status(lead)).isEqualTo("read");
  }

  @Test
  void a_quarantined_lead_goes_like_any_other() {
    var held = lead("unread", 13);
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'held', held_reason = 'quarantine' where message_id = ?")
        .param(held)
        .update();
    service
        .database()
        .sql(
            "update public.messages set quarantined_at = created_at, quarantine_reason = 'trap' where id = ?")
        .param(held)
        .update();
    apply();
    theGraceIsOver(held);
    apply();
    assertThat(leads()).isEmpty();
  }

  @Test
  void a_lead_that_a_person_takes_out_of_the_archive_has_its_time_once_more() {
    var lead = lead("read", 13);
    apply();
    theGraceIsOver(lead);
    service
        .database()
        .sql("update public.messages set status = 'read' where id = ?")
        .param(lead)
        .update();
    service.awaitDeliveries(business);
    apply();
    assertThat(status(lead)).isEqualTo("archived");
  }

  @Test
  void a_business_that_keeps_leads_longer_by_now_keeps_those_in_the_archive_too() {
    var lead = lead("read", 13);
    apply();
    theGraceIsOver(lead);
    service
        .database()
        .sql("update messaging.business_settings set retention_months = 24 where business_id = ?")
        .param(business.id())
        .update();
    service.awaitDeliveries(business);
    apply();
    assertThat(leads()).containsExactly(lead);
    assertThat(
            service
                .database()
                .sql("select forget_after is null from public.messages where id = ?")
                .param(lead)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void several_instances_share_the_work_in_small_batches() {
    service
        .database()
        .sql(
            "insert into public.messages (business_id, contact_name, contact_phone, status, created_at) select ?::uuid, 'Ada', '0491 570 006', 'responded', "
                + now()
                + " - interval '2 years' from generate_series(1, 1700)")
        .param(business.id())
        .update();

    together();
    assertThat(count("status = 'archived'")).isEqualTo(1700);
    service
        .database()
        .sql(
            "update public.messages set forget_after = "
                + now()
                + " - interval '1 hour' where business_id = ?")
        .param(business.id())
        .update();
    together();

    assertThat(leads()).isEmpty();
    assertThat(
            entries("delete-expired").stream()
                .mapToInt(entry -> entry.at("/details/messages").asInt())
                .peek(batch -> assertThat(batch).isLessThanOrEqualTo(500))
                .sum())
        .isEqualTo(1700);
  }

  @Test
  void notes_of_requests_go_after_a_day_and_those_of_today_stay() {
    var old = lead("read", 0);
    var key = "k-" + business.id();
    for (var age : List.of(25, 1)) {
      service
          .database()
          .sql(
              "insert into messaging.submitted_keys (funnel_id, key, body_hash, message_id, submitted_at) values (?, ?, '', ?, "
                  + now()
                  + " - ? * interval '1 hour')")
          .params(business.funnel(), key + age, old, age)
          .update();
      service
          .database()
          .sql(
              "insert into messaging.idempotency_keys (business_id, operation, key, body_hash, status, answer, created_at) values (?, 'x', ?, '', 200, '', "
                  + now()
                  + " - ? * interval '1 hour')")
          .params(business.id(), key + age, age)
          .update();
    }
    apply();
    assertThat(keys("submitted_keys")).containsExactly(key + 1);
    assertThat(keys("idempotency_keys")).containsExactly(key + 1);
  }

  private List<String> keys(String table) {
    return service
        .database()
        .sql("select key from messaging.%s where key like ?".formatted(table))
        .param("k-" + business.id() + "%")
        .query(String.class)
        .list();
  }

  private void apply() {
    routes.sendBody("direct:apply-retention", "");
  }

  private void together() {
    IntStream.range(0, 3)
        .mapToObj(i -> CompletableFuture.runAsync(this::apply))
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** The moment as the service has it, whose clock other tests have moved. */
  private String now() {
    return "timestamptz '" + clock.instant() + "'";
  }

  private UUID lead(String status, int monthsAgo) {
    var id =
        service.lead(
            business,
            Map.of(
                "contactName",
                "Ada",
                "contactPhone",
                "0491 570 006",
                "message",
                UUID.randomUUID()));
    service.awaitDeliveries(business);
    service
        .database()
        .sql(
            "update public.messages set status = ?, created_at = "
                + now()
                + " - make_interval(months => ?), contact_name = 'Ada ' || id where id = ?")
        .params(status, monthsAgo, id)
        .update();
    service.awaitDeliveries(business);
    return id;
  }

  private void theGraceIsOver(UUID lead) {
    service
        .database()
        .sql(
            "update public.messages set forget_after = "
                + now()
                + " - interval '1 hour' where id = ?")
        .param(lead)
        .update();
  }

  private String status(UUID lead) {
    return service
        .database()
        .sql("select status from public.messages where id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }

  private List<String> events(UUID lead) {
    return service
        .database()
        .sql("select type from messaging.message_events where message_id = ?")
        .param(lead)
        .query(String.class)
        .list();
  }

  private List<UUID> leads() {
    return service
        .database()
        .sql("select id from public.messages where business_id = ?")
        .param(business.id())
        .query(UUID.class)
        .list();
  }

  private int count(String condition) {
    return service
        .database()
        .sql("select count(*) from public.messages where business_id = ? and " + condition)
        .param(business.id())
        .query(Integer.class)
        .single();
  }

  private JsonNode noted(String action) {
    assertThat(entries(action)).hasSize(1);
    return entries(action).get(0);
  }

  private List<JsonNode> entries(String action) {
    var reader = new ApiCaller(service, service.key(business, "audit:read"));
    return StreamSupport.stream(
            reader.ask(200, "GET", "/api/audit?action=" + action, null).get("items").spliterator(),
            false)
        .toList();
  }
}
