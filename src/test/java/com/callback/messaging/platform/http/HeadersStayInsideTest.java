package com.callback.messaging.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.engine.ClaimGate;
import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a caller's headers hold leaves the process by no door. */
@ServiceTest
class HeadersStayInsideTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Autowired Service service;
  @Autowired CamelContext camel;
  @Autowired ClaimGate claimGate;
  @Autowired ConnectionFactory broker;
  Business business;

  @BeforeEach
  void set_up() {
    business = service.business();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b"
      })
  void no_header_of_a_caller_is_in_mail_sms_or_webhook(String type) {
    submit(type);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(service.caught(business))
                    .extracting(message -> message.get("channel").asText())
                    .contains("email", "sms", "webhook"));
    assertThat(service.caught(business))
        .extracting(JsonNode::toString)
        .allSatisfy(message -> assertThat(message).contains("Ada").doesNotContain("marker-"));
  }

  @Test
  void no_header_of_a_caller_is_on_the_broker() throws Exception {
    camel.getRouteController().stopRoute("webhook-wake-up");
    // Nothing leaves at once, so each channel is woken.
    claimGate.stop();
    try {
      var wakeUps = new ArrayList<String>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                // A wake-up on its way is enough for many leads, so not each lead brings one.
                service.forgetRequests(business);
                submit("application/json");
                wakeUps.addAll(waitingWakeUps());
                return !wakeUps.isEmpty();
              });
      assertThat(wakeUps).allSatisfy(wakeUp -> assertThat(wakeUp).doesNotContain("marker-", "Ada"));
    } finally {
      claimGate.start();
      camel.getRouteController().startRoute("webhook-wake-up");
    }
  }

  private void submit(String type) {
    var fields =
        List.of(
            "funnelId", business.funnel().toString(),
            "contactName", "Ada",
            "contactEmail", "ada@example.com");
    var answer =
        new RawHttp(service)
            .send(
                "POST",
                "/api/messages",
                "Accept: application/json\r\nContent-Type: " + type + "\r\n",
                body(type, fields).getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(202);
  }

  private static String body(String type, List<String> fields) {
    var shape =
        switch (type.substring(0, 11)) {
          case "application" ->
              type.endsWith("json")
                  ? "{\"%s\": \"%s\", \"%s\": \"%s\", \"%s\": \"%s\"}"
                  : "%s=%s&%s=%s&%s=%s";
          default ->
              "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".repeat(3)
                  + "--b--\r\n";
        };
    return shape.formatted(fields.toArray());
  }

  /** Everything that is in the messages waiting on the webhook queue: headers, properties, body. */
  private List<String> waitingWakeUps() throws JMSException {
    try (var connection = broker.createConnection();
        var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        var browser = session.createBrowser(session.createQueue("deliver.webhook"))) {
      connection.start();
      var wakeUps = new ArrayList<String>();
      for (var each : Collections.list(browser.getEnumeration())) {
        wakeUps.add(text((Message) each));
      }
      return wakeUps;
    }
  }

  private static String text(Message message) throws JMSException {
    var text = new StringBuilder(message.toString());
    for (var name : Collections.list(message.getPropertyNames())) {
      text.append(' ').append(name).append('=').append(message.getObjectProperty((String) name));
    }
    return text.append(
            message.isBodyAssignableTo(String.class) ? message.getBody(String.class) : "")
        .toString();
  }
}
