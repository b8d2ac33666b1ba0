package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A business with a lead that nobody has seen, and what people do to it. */
abstract class OneLead {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;
  @Autowired MovableClock clock;

  Business business;
  ApiCaller key;
  PersonCaller agent;
  UUID id;

  @BeforeEach
  void a_business_with_a_lead() {
    business = service.businessWithoutChannels();
    key = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    agent = people.member(business, "agent");
    id = service.lead(business, Map.of("contactName", "Ada", "contactEmail", "ada@example.com"));
  }

  JsonNode moved(String move) {
    var answer = agent.call("POST", path(move), null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var lead = service.json(answer.body());
    assertThat(answer.headers().firstValue("ETag")).contains("\"" + lead.get("revision") + "\"");
    return lead;
  }

  JsonNode shown() {
    return key.ask(200, "GET", path(""), null);
  }

  JsonNode assigned(int status, UUID member) {
    var body = new HashMap<String, Object>();
    body.put("memberId", member);
    return key.ask(status, "PUT", path("assignee"), body);
  }

  JsonNode patched(int status, String ifMatch, String body) {
    var headers = ifMatch == null ? new String[0] : new String[] {"If-Match", ifMatch};
    var answer = agent.call("PATCH", path(""), service.json(body), headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return service.json(answer.body());
  }

  String path(String what) {
    return "/api/messages/" + id + (what.isEmpty() ? "" : "/" + what);
  }

  /** What happened to a lead; that the business has no channels is no part of it. */
  static List<String> types(JsonNode lead) {
    return lead.get("timeline").findValuesAsText("type").stream()
        .filter(type -> !type.equals("message.unreached"))
        .toList();
  }

  interface Deed {
    HttpResponse<String> by(PersonCaller person);
  }

  static Map<PersonCaller, HttpResponse<String>> together(List<PersonCaller> crowd, Deed deed)
      throws Exception {
    var threads = Executors.newFixedThreadPool(crowd.size());
    try {
      var calls =
          crowd.stream()
              .map(
                  each ->
                      (Callable<Map.Entry<PersonCaller, HttpResponse<String>>>)
                          () -> Map.entry(each, deed.by(each)))
              .toList();
      var answers = new HashMap<PersonCaller, HttpResponse<String>>();
      for (var call : threads.invokeAll(calls)) {
        answers.put(call.get().getKey(), call.get().getValue());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
