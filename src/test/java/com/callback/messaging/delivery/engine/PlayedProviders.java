package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MailEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The service with two mail servers and two SMS providers that tests play, touchSMS and one that is
 * only set up, and small limits. An SMS is never sent again here, as with any provider that costs.
 */
@Import({MovableClock.Setup.class, Service.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/played-providers-${test.fork:1}",
      "messaging.broker-name=played-providers",
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "channels.email.providers=smtp,smtp-standby",
      "channels.email.standby.host=127.0.0.1",
      "channels.sms.providers=touchsms,http",
      "channels.sms.http.authorization=Bearer second",
      "channels.sms.http.from=SECOND",
      "channels.sms.http.response.accepted=\"id\"",
      "channels.sms.account-check-ms=0",
      "channels.sms.per-request=1",
      "channels.sms.requests-per-second=0",
      "channels.sms.reports.secret=a-secret-of-the-sms-provider",
      "delivery.per-host=4",
      "delivery.sweep-ms=250",
      "delivery.renew-ms=250",
      "delivery.quick-retry-ms=10"
    })
abstract class PlayedProviders {

  static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  static final FarEnd FIRST = new FarEnd();
  static final FarEnd SECOND = new FarEnd();
  static final MailEnd MAIL = new MailEnd();
  static final MailEnd MAIL_STANDBY = new MailEnd();

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry settings) {
    settings.add("channels.sms.url", FIRST::url);
    settings.add("channels.sms.http.url", SECOND::url);
    settings.add("spring.mail.host", () -> "127.0.0.1");
    settings.add("spring.mail.port", MAIL::port);
    settings.add("channels.email.standby.port", MAIL_STANDBY::port);
  }

  @BeforeEach
  void all_are_well() {
    receiver = new FarEnd();
    for (var provider : List.of(FIRST, SECOND)) {
      provider.letGo();
      provider.usually(200, Map.of(), taken(provider == FIRST ? "first" : "second"));
    }
    for (var server : List.of(MAIL, MAIL_STANDBY)) {
      server.letGo();
      server.refuse(0);
    }
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  static String taken(String reference) {
    return "{\"data\":{\"messages\":[{\"id\":\"" + reference + "\"}],\"errors\":[]}}";
  }

  /** A business that is told by these channels, and has the others for a fallback. */
  Business business(String... channels) {
    var business = service.business(receiver.url());
    service
        .database()
        .sql(
            "update public.message_channels set is_enabled = false where business_id = ? and channel_type <> all (string_to_array(?, ','))")
        .params(business.id(), String.join(",", channels))
        .update();
    return business;
  }

  UUID delivery(UUID lead, String channel) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = ?")
        .params(lead, channel)
        .query(UUID.class)
        .single();
  }

  Object column(UUID delivery, String name) {
    return service
        .database()
        .sql("select " + name + " from messaging.deliveries where id = ?")
        .param(delivery)
        .query()
        .singleValue();
  }

  String state(UUID delivery) {
    return (String) column(delivery, "state");
  }

  int attempts(UUID delivery) {
    return (int) column(delivery, "attempts");
  }

  Instant nextAttempt(UUID delivery) {
    return ((Timestamp) column(delivery, "next_attempt_at")).toInstant();
  }

  void becomes(UUID delivery, String state) {
    await().untilAsserted(() -> assertThat(state(delivery)).isEqualTo(state));
  }

  /** Whether any channel of the lead has come so far. */
  boolean is(UUID lead, String channel, String state) {
    return service
            .database()
            .sql(
                "select count(*) from messaging.deliveries where message_id = ? and channel = ? and state = ?")
            .params(lead, channel, state)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Each call of a delivery: attempt, outcome, provider. */
  List<Map<String, Object>> calls(UUID delivery) {
    return service
        .database()
        .sql(
            "select attempt, outcome, provider, status_code from messaging.delivery_attempts where delivery_id = ? order by id")
        .param(delivery)
        .query()
        .listOfRows();
  }

  List<String> timeline(UUID lead) {
    return service
        .database()
        .sql("select type from messaging.message_events where message_id = ? order by id")
        .param(lead)
        .query(String.class)
        .list();
  }

  boolean isUnreached(UUID lead) {
    return service
        .database()
        .sql("select unreached_since is not null from public.messages where id = ?")
        .param(lead)
        .query(Boolean.class)
        .single();
  }

  UUID subscription(Business business) {
    return service
        .database()
        .sql("select id from messaging.webhook_subscriptions where business_id = ?")
        .param(business.id())
        .query(UUID.class)
        .single();
  }

  /** So many calls that are owed to a business's webhook, as its tests are. */
  void owe(Business business, int calls) {
    service
        .database()
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, channel, target_id, next_attempt_at, payload, created_at, updated_at)
            select ?, 'test', 'webhook', ?, now.at, jsonb_build_object('at', messaging.iso(now.at)), now.at, now.at
            from generate_series(1, ?), (select ?::timestamptz as at) now
            """)
        .params(business.id(), subscription(business), calls, Timestamp.from(clock.instant()))
        .update();
  }

  /** As if the worker had died while sending: what it says afterwards does not count. */
  void forgetWorker(UUID delivery) {
    service
        .database()
        .sql(
            "update messaging.deliveries set leased_by = 'dead' where id = ? and state = 'sending'")
        .param(delivery)
        .update();
  }

  void afterTheLease() {
    clock.advance(Duration.ofSeconds(46));
  }

  JsonNode api(Business business, String method, String path, Object body, int status) {
    var key =
        service.key(
            business,
            "deliveries:read",
            "deliveries:write",
            "webhooks:read",
            "webhooks:write",
            "messages:read");
    var answer = service.call(method, path, key, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return service.json(answer.body());
  }
}
