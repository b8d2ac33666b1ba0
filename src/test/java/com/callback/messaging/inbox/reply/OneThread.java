package com.callback.messaging.inbox.reply;

import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A business that writes to its leads, and what arrives at them. */
abstract class OneThread {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  Business business;
  ApiCaller caller;
  String mailbox;

  @BeforeEach
  void a_business_and_an_address_of_nobody_else() {
    business = service.business();
    caller = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    mailbox = "lead-" + UUID.randomUUID() + "@example.com";
  }

  UUID lead(Map<String, Object> more) {
    var fields = new HashMap<String, Object>(Map.of("contactName", "Ada", "contactEmail", mailbox));
    fields.putAll(more);
    return service.lead(business, fields);
  }

  JsonNode reply(int status, UUID lead, Object body) {
    return caller.ask(status, "POST", "/api/messages/" + lead + "/replies", body);
  }

  JsonNode thread(UUID lead) {
    return caller.ask(200, "GET", "/api/messages/" + lead + "/replies", null).get("thread");
  }

  String status(UUID lead) {
    return caller.ask(200, "GET", "/api/messages/" + lead, null).get("status").asText();
  }

  void set(UUID lead, String what) {
    service
        .database()
        .sql("update public.messages set " + what + " where id = ?")
        .param(lead)
        .update();
  }

  /** What the mail server has taken for the lead, once it is as much as this. */
  List<JsonNode> mails(int count) {
    await().until(() -> caught("email", mailbox).size() >= count);
    return caught("email", mailbox);
  }

  static JsonNode mail(List<JsonNode> mails, String text) {
    return mails.stream()
        .filter(mail -> mail.get("body").asText().strip().equals(text))
        .findFirst()
        .orElseThrow();
  }

  String html(JsonNode mail) {
    return service.get("/sandbox/messages/" + mail.get("id").asText() + "/html").body();
  }

  List<JsonNode> caught(String channel, String to) {
    return service.caught(to).stream()
        .filter(message -> message.get("channel").asText().equals(channel))
        .toList();
  }
}
