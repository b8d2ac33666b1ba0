package com.callback.messaging.delivery.channel.email.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FakeSendGrid;
import com.callback.messaging.support.MailEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.SendGridWebhook;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.TouchSmsServer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with two accounts at SendGrid and an SMTP server for mails, and two at touchSMS. */
@Import({MovableClock.Setup.class, Service.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/sendgrid-${test.fork:1}",
      "messaging.broker-name=sendgrid",
      "channels.email.providers=sendgrid,sendgrid-standby,smtp",
      "channels.email.from=callbacks@mail.example.com",
      "channels.email.x-smtpapi=smtp",
      "channels.email.sendgrid.api-key=" + FakeSendGrid.KEY,
      "channels.email.sendgrid.categories=bakery",
      "channels.email.sendgrid.standby.api-key=SG.second.key",
      "channels.sms.providers=touchsms,touchsms-standby",
      "channels.sms.username=" + TouchSmsServer.USER,
      "channels.sms.password=" + TouchSmsServer.PASSWORD,
      "channels.sms.standby.username=" + TouchSmsServer.USER,
      "channels.sms.standby.password=" + TouchSmsServer.PASSWORD,
      "channels.sms.account-check-ms=0",
      "channels.sms.per-request=1",
      "delivery.sweep-ms=250",
      "delivery.renew-ms=250",
      "delivery.response-timeout-ms=2000",
      "delivery.quick-retry-ms=10",
      "management.prometheus.metrics.export.enabled=true"
    })
abstract class ThroughSendGrid {

  static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  static final FakeSendGrid SENDGRID = new FakeSendGrid();
  static final FakeSendGrid STANDBY = new FakeSendGrid(0, "SG.second.key");
  static final SendGridWebhook WEBHOOK = new SendGridWebhook();
  static final SendGridWebhook WEBHOOK_OF_STANDBY = new SendGridWebhook();
  static final TouchSmsServer TOUCHSMS = new TouchSmsServer();
  static final TouchSmsServer TOUCHSMS_STANDBY = new TouchSmsServer();
  static final MailEnd MAIL = new MailEnd();

  @Autowired Service service;
  @Autowired MovableClock clock;

  Business business;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry settings) {
    settings.add("channels.email.sendgrid.url", SENDGRID::url);
    settings.add("channels.email.sendgrid.events-key", WEBHOOK::publicKey);
    settings.add("channels.email.sendgrid.standby.url", STANDBY::url);
    settings.add("channels.email.sendgrid.standby.events-key", WEBHOOK_OF_STANDBY::publicKey);
    settings.add("channels.sms.url", TOUCHSMS::url);
    settings.add("channels.sms.standby.url", TOUCHSMS_STANDBY::url);
    settings.add("spring.mail.host", () -> "127.0.0.1");
    settings.add("spring.mail.port", MAIL::port);
  }

  /** One that gets mails only, and has SMS for a fallback. */
  @BeforeEach
  void a_business() {
    SENDGRID.recover();
    STANDBY.recover();
    MAIL.letGo();
    MAIL.refuse(0);
    business = service.business();
    sql(
        "update public.message_channels set is_enabled = channel_type = 'email' where business_id = ?",
        business.id());
  }

  void sql(String statement, Object... parameters) {
    service.database().sql(statement).params(parameters).update();
  }

  /** The mail's delivery for a new lead. */
  UUID delivery() {
    return deliveryOf(service.lead(business, ADA));
  }

  UUID deliveryOf(UUID lead) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = 'email'")
        .param(lead)
        .query(UUID.class)
        .single();
  }

  Object column(UUID delivery, String name) {
    return service
        .database()
        .sql("select " + name + " from messaging.deliveries where id = ?")
        .param(delivery)
        .query()
        .listOfRows()
        .get(0)
        .get(name);
  }

  void becomes(UUID delivery, String state) {
    await().untilAsserted(() -> assertThat(column(delivery, "state")).isEqualTo(state));
  }

  /** Each request of a delivery: provider, outcome, status and error. */
  List<Map<String, Object>> attempts(UUID delivery) {
    return service
        .database()
        .sql(
            "select attempt, provider, outcome, status_code, error from messaging.delivery_attempts where delivery_id = ? order by id")
        .param(delivery)
        .query()
        .listOfRows();
  }

  /** The mail of a delivery that SendGrid took. */
  FakeSendGrid.Sent mail(UUID delivery) {
    return await()
        .until(
            () ->
                SENDGRID.sent(business.email()).stream()
                    .filter(sent -> sent.delivery().equals(delivery))
                    .findFirst()
                    .orElse(null),
            sent -> sent != null);
  }

  /** The texts of the SMS to the business that the first account took. */
  List<String> texts() {
    return TOUCHSMS.sent().stream()
        .filter(sms -> sms.path("to").asText().equals(business.phone()))
        .map(sms -> sms.path("body").asText())
        .toList();
  }

  /** Waits until SMTP has taken the mail, which neither account took. */
  void goesBySmtp(UUID delivery) {
    becomes(delivery, "sent");
    assertThat(attempts(delivery)).hasSize(3);
    assertThat(column(delivery, "provider")).isEqualTo("smtp");
  }

  /** An event about a mail, at this moment. */
  ObjectNode event(FakeSendGrid.Sent mail, String event, Map<String, ?> more) {
    return SendGridWebhook.event(mail, event, clock.instant().getEpochSecond(), more);
  }

  /** Reports events to the service, which has to take them. */
  void report(ObjectNode... events) {
    var response = posted(events);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  HttpResponse<String> posted(ObjectNode... events) {
    return WEBHOOK.post(service.at("/api/receipts/sendgrid"), clock, events);
  }

  ApiCaller member() {
    return new ApiCaller(service, service.session(business, "agent"));
  }
}
