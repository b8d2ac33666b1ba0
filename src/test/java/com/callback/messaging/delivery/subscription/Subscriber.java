package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A business that keeps its subscriptions by the API. Each answer is held against the contract. */
final class Subscriber {

  static final String ALL = "/api/webhook-subscriptions";

  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  final Business business;
  private final Service service;
  private final String key;

  Subscriber(Service service, Business business) {
    this.service = service;
    this.business = business;
    this.key = service.key(business, "webhooks:read", "webhooks:write", "messages:read");
  }

  /** Calls an operation; the body is JSON, a text, or null for none. */
  HttpResponse<String> call(String method, String path, Object body) {
    var answer = service.call(method, path, key, body);
    holdsAgainstTheContract(method, path, answer);
    return answer;
  }

  /** What an operation answers when it answers with this status. */
  JsonNode ask(int status, String method, String path, Object body) {
    var answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body().isEmpty() ? null : service.json(answer.body());
  }

  /** Subscribes an address to events. */
  JsonNode subscribe(String url, String... eventTypes) {
    var body = new LinkedHashMap<String, Object>();
    body.put("url", url);
    if (eventTypes.length > 0) {
      body.put("eventTypes", List.of(eventTypes));
    }
    return ask(201, "POST", ALL, body);
  }

  static String path(JsonNode subscription) {
    return ALL + "/" + subscription.get("id").asText();
  }

  UUID lead() {
    return service.lead(business, ADA);
  }

  private void holdsAgainstTheContract(String method, String path, HttpResponse<String> answer) {
    var documented =
        PublishedContract.at(
            "/paths/%s/%s/responses/%d"
                .formatted(
                    path.replaceAll("(?<=subscriptions/)[^/]+", "{id}").replace("/", "~1"),
                    method.toLowerCase(java.util.Locale.ROOT),
                    answer.statusCode()));
    assertThat(documented.isMissingNode())
        .as("%s %s: %d %s", method, path, answer.statusCode(), answer.body())
        .isFalse();
    documented
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> assertThat(answer.headers().firstValue(name)).isPresent());
    var type = answer.headers().firstValue("Content-Type").orElse(null);
    if (!documented.has("content")) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    assertThat(types(documented)).contains(type);
    assertThat(
            PublishedContract.errors(
                documented.get("content").get(type).get("schema"), service.json(answer.body())))
        .isEmpty();
    var example = documented.get("content").get(type).get("example");
    if (answer.statusCode() >= 400 && example != null) {
      for (var text : List.of("type", "title", "status", "detail")) {
        assertThat(service.json(answer.body()).get(text)).isEqualTo(example.get(text));
      }
    }
  }

  private static List<String> types(JsonNode documented) {
    return StreamSupport.stream(
            ((Iterable<String>) () -> documented.get("content").fieldNames()).spliterator(), false)
        .toList();
  }
}
