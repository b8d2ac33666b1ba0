package com.callback.messaging.inbox.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Who is forgotten is nowhere any more, and nobody else goes with them. */
@ServiceTest
class ErasureTest {

  @Autowired Service service;
  @Autowired ProducerTemplate routes;
  @Autowired MovableClock clock;

  Business business;
  Traces traces;
  String mark;
  String digits;
  String phone;
  String e164;

  @BeforeEach
  void a_business_and_somebody_who_asked_it() {
    business = service.business();
    traces = new Traces(service);
    mark = "quirin" + UUID.randomUUID().toString().substring(0, 8);
    digits = "%06d".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
    phone = "0491 " + digits.substring(0, 3) + " " + digits.substring(3);
    e164 = "+61491" + digits;
  }

  @Test
  void nothing_of_a_contact_is_left_anywhere() {
    var other = lead("Somebody Else", "0491 570 006", "else@example.com", "Hello");
    var first = everything();
    var second =
        lead("Another " + mark, "(0491) " + digits, mark + "@example.com", "Again " + mark);
    digest();
    assertThat(traces.of(mark, e164, phone, first.toString(), Reference.of(first)))
        .anyMatch(trace -> trace.startsWith("messages: " + mark))
        .anyMatch(trace -> trace.startsWith("messaging.deliveries: " + mark))
        .anyMatch(trace -> trace.startsWith("messaging.sandbox_messages: " + mark))
        .anyMatch(trace -> trace.startsWith("messaging.suppressions: " + e164));

    var proof = erase(e164, phone, null);

    assertThat(
            traces.of(
                mark,
                e164,
                phone,
                // Six digits alone stand in one hash or another of many rows.
                "(0491) " + digits,
                "491" + digits,
                first.toString(),
                second.toString(),
                Reference.of(first),
                Reference.of(second)))
        .isEmpty();
    assertThat(proof.at("/counts/messages").asInt()).isEqualTo(2);
    assertThat(proof.at("/counts/deliveries").asInt()).isEqualTo(6);
    assertThat(proof.at("/counts/delivery_attempts").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(proof.at("/counts/digests").asInt()).isEqualTo(1);
    assertThat(proof.at("/counts/suppressions").asInt()).isEqualTo(1);
    assertThat(proof.at("/counts/sandbox_messages").asInt()).isGreaterThanOrEqualTo(6);
    // Whoever else is named in the same digest stays.
    assertThat(traces.of(other.toString())).contains("messages: " + other);
    assertThat(digestLeads()).hasSize(1);
    assertThat(digestLeads().get(0).get("id").asText()).isEqualTo(other.toString());
  }

  @Test
  void the_ledger_balances_afterwards() {
    everything();
    erase(e164, phone, null);
    routes.sendBody("direct:check-ledger", "");
    routes.sendBody("direct:check-ledger", "");
    assertThat(service.get("/actuator/health/books").body())
        .doesNotContain(business.id().toString());
  }

  @Test
  void by_mail_only_what_has_that_address_goes() {
    lead("Ada " + mark, phone, mark + "@Example.com", "Hello");
    lead("Ada " + mark, phone, null, "By phone only");

    erase(null, null, mark + "@example.com");

    assertThat(traces.of(mark + "@example.com")).isEmpty();
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_number_that_nobody_can_read_is_found_by_its_digits() {
    service
        .database()
        .sql(
            "insert into public.messages (business_id, contact_name, contact_phone) values (?, ?, '12-34 56')")
        .params(business.id(), mark)
        .update();
    erase(null, "123456", null);
    assertThat(traces.of(mark)).isEmpty();
  }

  @Test
  void the_same_person_at_another_business_stays() {
    var theirs = service.businessWithoutChannels();
    service.lead(theirs, Map.of("contactName", mark, "contactPhone", phone));
    lead("Ada " + mark, phone, null, "Hello");

    erase(e164, phone, null);

    assertThat(service.countLeads(business)).isZero();
    assertThat(traces.of(mark)).contains("messages: " + mark);
  }

  @Test
  void a_proof_is_kept_that_does_not_say_who() {
    erase(e164, phone, null);
    assertThat(
            service
                .database()
                .sql("select contact_hash from messaging.erasures where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .isEqualTo("a-hash");
  }

  @Test
  void an_owner_has_somebody_forgotten_by_the_api_and_is_given_a_proof() {
    lead("Ada " + mark, phone, null, "Hello");
    lead("Ada " + mark, phone, mark + "@example.com", "Hello again");
    var owner = new ApiCaller(service, service.session(business, "owner"));

    var proof = owner.ask(200, "POST", "/api/contacts/erase", Map.of("phone", phone));

    assertThat(proof.at("/counts/messages").asInt()).isEqualTo(2);
    assertThat(proof.get("contactHash").asText()).hasSize(43);
    assertThat(traces.of(mark, e164, phone)).isEmpty();
    var noted = owner.ask(200, "GET", "/api/audit", null).get("items").get(0);
    assertThat(noted.get("action").asText()).isEqualTo("eraseContact");
    assertThat(noted.get("subject")).isEqualTo(proof.get("id"));
    assertThat(noted.at("/details/counts/messages").asInt()).isEqualTo(2);
    assertThat(
            owner.ask(200, "POST", "/api/contacts/erase", Map.of("phone", e164)).get("contactHash"))
        .as("the same hash for the same contact")
        .isEqualTo(proof.get("contactHash"));
    owner.ask(400, "POST", "/api/contacts/erase", Map.of());
    new ApiCaller(service, service.session(business, "agent"))
        .ask(403, "POST", "/api/contacts/erase", Map.of("phone", phone));
    new ApiCaller(service, service.key(business, "contacts:erase", "contacts:read"))
        .ask(403, "POST", "/api/contacts/erase", Map.of("phone", phone));
  }

  @Test
  void a_machine_may_not_have_anybody_forgotten() {
    lead("Ada " + mark, phone, null, "Hello");
    assertThatThrownBy(
            () ->
                erase(
                    "{\"sub\":\"%s\",\"role\":\"authenticated\",\"role_in_app\":\"key\"}"
                        .formatted(business.id()),
                    e164,
                    phone,
                    null))
        .rootCause()
        .hasMessageContaining("Only the owner");
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void all_that_is_known_is_shown_and_that_somebody_looked_is_noted() {
    var lead = everything();
    var reader = new ApiCaller(service, service.key(business, "contacts:read", "audit:read"));

    var known = reader.ask(200, "GET", "/api/contacts/export?phone=" + e164, null);

    assertThat(known.get("phone").asText()).isEqualTo(e164);
    var message = known.get("messages").get(0);
    assertThat(message.get("id").asText()).isEqualTo(lead.toString());
    assertThat(message.get("reference").asText()).isEqualTo(Reference.of(lead));
    assertThat(message.get("message").asText()).contains(mark);
    assertThat(message.get("events")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(message.get("deliveries")).hasSize(3);
    assertThat(message.get("deliveries").get(0).get("attemptsMade")).isNotEmpty();
    assertThat(known.get("suppressions")).hasSize(1);
    var noted = reader.ask(200, "GET", "/api/audit?action=exportContact", null).get("items").get(0);
    assertThat(noted.at("/details/contactHash").asText()).hasSizeGreaterThan(40);
    assertThat(noted.toString()).doesNotContain(digits);

    assertThat(
            reader
                .ask(
                    200,
                    "GET",
                    "/api/contacts/export?email=" + mark.toUpperCase() + "@EXAMPLE.com",
                    null)
                .get("messages"))
        .hasSize(1);
    assertThat(
            reader
                .ask(200, "GET", "/api/contacts/export?phone=%2B61491570999", null)
                .get("messages"))
        .isEmpty();
    reader.ask(400, "GET", "/api/contacts/export", null);
    reader.ask(400, "GET", "/api/contacts/export?phone=abc", null);
    var stranger =
        new ApiCaller(service, service.key(service.businessWithoutChannels(), "contacts:read"));
    assertThat(stranger.ask(200, "GET", "/api/contacts/export?phone=" + e164, null).get("messages"))
        .isEmpty();
  }

  /** Somebody who left as many traces as one can. */
  private UUID everything() {
    var body =
        Map.of(
            "funnelId",
            business.funnel(),
            "contactName",
            "Ada " + mark,
            "contactPhone",
            phone,
            "contactEmail",
            mark + "@example.com",
            "message",
            "About " + mark,
            "metadata",
            Map.of("utm_campaign", mark));
    for (int i = 0; i < 2; i++) {
      var answer =
          service.send(
              service
                  .request("/api/messages", "application/json")
                  .header("Idempotency-Key", business.id().toString())
                  .POST(BodyPublishers.ofString(service.text(body))));
      assertThat(answer.statusCode()).isEqualTo(202);
    }
    service
        .database()
        .sql(
            "insert into messaging.suppressions (business_id, channel, address, reason) values (?, 'sms', ?, 'stop')")
        .params(business.id(), e164)
        .update();
    service.awaitDeliveries(business);
    return service
        .database()
        .sql("select id from public.messages where business_id = ? and contact_email = ?")
        .params(business.id(), mark + "@example.com")
        .query(UUID.class)
        .single();
  }

  private UUID lead(String name, String phone, String email, String text) {
    var body = new java.util.LinkedHashMap<String, Object>();
    body.put("contactName", name);
    body.put("contactPhone", phone);
    body.put("contactEmail", email);
    body.put("message", text);
    var id = service.lead(business, body);
    service.awaitDeliveries(business);
    return id;
  }

  private void digest() {
    service
        .database()
        .sql(
            "update public.message_channels set created_at = now() - interval '9 days' where business_id = ?")
        .param(business.id())
        .update();
    service
        .database()
        .sql(
            "update public.messages set created_at = created_at - interval '5 seconds' where business_id = ?")
        .param(business.id())
        .update();
    var at =
        DateTimeFormatter.ofPattern("HH:mm:ss")
            .format(clock.instant().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC));
    routes.sendBodyAndHeaders("direct:open-digests", "", Map.of("kind", "daily", "at", at));
    assertThat(digestLeads()).isNotEmpty();
    service.awaitDeliveries(business);
  }

  private JsonNode digestLeads() {
    return service.json(
        service
            .database()
            .sql(
                "select (payload -> 'leads')::text from messaging.deliveries where business_id = ? and cause = 'digest'")
            .param(business.id())
            .query(String.class)
            .single());
  }

  private JsonNode erase(String e164, String typed, String mail) {
    return erase(
        "{\"sub\":\"%s\",\"role\":\"authenticated\"}".formatted(business.id()), e164, typed, mail);
  }

  /** As whoever the claims say. */
  private JsonNode erase(String claims, String e164, String typed, String mail) {
    try (var connection = service.login().getConnection()) {
      var database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      database
          .sql(
              "select set_config('role', 'authenticated', false), set_config('request.jwt.claims', ?, false)")
          .param(claims)
          .query()
          .singleRow();
      return service.json(
          database
              .sql(
                  "select messaging.erase_contact(?::text, ?::text, ?::text, 'a-hash', 'Ada', now())::text")
              .params(e164, typed, mail)
              .query(String.class)
              .single());
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
