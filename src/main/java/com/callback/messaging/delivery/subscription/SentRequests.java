package com.callback.messaging.delivery.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows what is sent to a webhook, beside what it answered. */
@Component
public class SentRequests {

  /** Stands for what is secret, and for what is another with each call. */
  private static final String HIDDEN = "••••";

  private final BodyPreview bodies;
  private final ObjectMapper json;

  /**
   * Where a delivery goes.
   *
   * @param url null where the subscription is deleted
   * @param headerNames of the headers that its owner adds
   */
  private record Target(String deliveryId, String url, List<String> headerNames) {

    static Target of(Map<?, ?> row) {
      var names = (String) row.get("header_names");
      return new Target(
          row.get("id").toString(),
          (String) row.get("url"),
          names == null ? List.of() : List.of(names.split(",")));
    }
  }

  SentRequests(BodyPreview bodies, ObjectMapper json) {
    this.bodies = bodies;
    this.json = json;
  }

  /**
   * The attempts of a delivery with the request that was made in each, as JSON.
   *
   * @param attempts what {@code list-attempts.sql} gave; what is no text says that there is no such
   *     delivery
   * @param row what {@code load-webhook-request.sql} gave; what is no row says that it goes by
   *     another channel
   */
  public String answer(Object attempts, Object row) throws JsonProcessingException {
    if (!(attempts instanceof String text)) {
      return null;
    }
    var answer = (ObjectNode) json.readTree(text);
    answer.set("request", row instanceof Map<?, ?> call ? json.valueToTree(request(call)) : null);
    return answer.toString();
  }

  private Map<String, Object> request(Map<?, ?> row) {
    var target = Target.of(row);
    var request = new LinkedHashMap<String, Object>();
    request.put("method", "POST");
    request.put("url", target.url());
    request.put("headers", headers(target));
    request.put("body", bodies.of(row));
    return request;
  }

  private static Map<String, String> headers(Target target) {
    var headers = new LinkedHashMap<String, String>();
    target.headerNames().forEach(name -> headers.put(name, HIDDEN));
    headers.put("Content-Type", "application/json");
    headers.put("webhook-id", target.deliveryId());
    headers.put("webhook-timestamp", HIDDEN);
    headers.put("webhook-signature", HIDDEN);
    return headers;
  }
}
