package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.InternetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A business that has written to a lead, and mails that come back. */
abstract class OneConversation {

  @Autowired Service service;
  @Autowired MeterRegistry metrics;

  Business business;
  ApiCaller caller;
  String mailbox;
  UUID lead;

  @BeforeEach
  void a_lead_of_a_business() {
    business = service.business();
    caller = callerOf(business);
    mailbox = "lead-" + UUID.randomUUID() + "@example.com";
    lead = leadOf(business);
  }

  ApiCaller callerOf(Business whose) {
    return new ApiCaller(service, service.key(whose, "messages:read", "messages:write"));
  }

  UUID leadOf(Business whose) {
    return service.lead(
        whose, Map.of("contactName", "Ada", "contactEmail", mailbox, "subject", "A roof"));
  }

  /** The mail that the lead gets for an answer to it. */
  JsonNode replyOf(ApiCaller who, UUID to) {
    var before = mailsOfTheLead().size();
    who.ask(
        201,
        "POST",
        "/api/messages/" + to + "/replies",
        Map.of("channel", "email", "text", "Shall we?"));
    await().until(() -> mailsOfTheLead().size() > before);
    return mailsOfTheLead().get(0).get("headers");
  }

  private List<JsonNode> mailsOfTheLead() {
    return service.caught(mailbox).stream()
        .filter(each -> each.get("channel").asText().equals("email"))
        .toList();
  }

  /** The address of the conversation in the header of a mail to the lead. */
  static String conversation(JsonNode headers) {
    try {
      var addresses = InternetAddress.parseHeader(headers.get("Reply-To").asText(), true);
      return addresses[addresses.length - 1].getAddress();
    } catch (jakarta.mail.internet.AddressException e) {
      throw new AssertionError(e);
    }
  }

  /** A header as SendGrid gives it. */
  static Map<String, String> head(String from, String to) {
    var head = new LinkedHashMap<String, String>();
    head.put("From", from);
    head.put("To", to);
    head.put("Subject", "Re: A roof");
    head.put("Message-ID", "<" + UUID.randomUUID() + "@mail.example.com>");
    return head;
  }

  /** The fields of a mail as SendGrid posts them. */
  Map<String, String> fields(Map<String, String> head, String text) {
    var fields = new LinkedHashMap<String, String>();
    var lines = new StringBuilder();
    head.forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
    fields.put("headers", lines.toString());
    fields.put(
        "envelope",
        service.text(Map.of("to", List.of(head.get("To")), "from", head.getOrDefault("From", ""))));
    fields.put("text", text);
    fields.put("charsets", "{\"text\":\"UTF-8\",\"html\":\"UTF-8\"}");
    return fields;
  }

  HttpResponse<String> post(Map<String, String> fields) {
    return post(
        ServiceTest.PARSE_SECRET,
        MultipartBody.of(List.copyOf(fields.entrySet())).getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String secret, byte[] body) {
    return service.send(
        service
            .request("/api/inbound/sendgrid/" + secret, "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** Posts a mail, and says what was counted. */
  void receives(String result, Map<String, String> fields) {
    var before = new HashMap<>(counted("email"));
    var answer = post(fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    before.merge(result, 1.0, Double::sum);
    assertThat(counted("email")).isEqualTo(before);
  }

  Map<String, Double> counted(String channel) {
    var counted = new HashMap<String, Double>();
    metrics
        .find("messaging.replies.received")
        .tag("channel", channel)
        .counters()
        .forEach(each -> counted.put(each.getId().getTag("result"), count(each)));
    return counted;
  }

  private static double count(Counter counter) {
    return counter.count();
  }

  List<JsonNode> received(UUID of) {
    return received(caller, of);
  }

  static List<JsonNode> received(ApiCaller who, UUID of) {
    var thread = who.ask(200, "GET", "/api/messages/" + of + "/replies", null).get("thread");
    return java.util.stream.StreamSupport.stream(thread.spliterator(), false)
        .filter(entry -> !entry.get("sender").isNull())
        .toList();
  }

  List<String> timeline(UUID of) {
    return caller
        .ask(200, "GET", "/api/messages/" + of, null)
        .get("timeline")
        .findValuesAsText("type");
  }
}
