package com.callback.messaging.delivery.subscription;

import com.callback.messaging.delivery.channel.webhook.CustomHeaders;
import com.callback.messaging.delivery.channel.webhook.PayloadTemplates;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a subscription must keep to beyond what its schema says. */
@Component
public class SubscriptionRules {

  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private static final TypeReference<List<String>> TYPES = new TypeReference<>() {};

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-subscriptions",
          "There are 100 subscriptions",
          "A business may have 100 webhook subscriptions. Delete one that is no longer needed, and try again.");

  private final WebhookUrl urls;
  private final CustomHeaders customHeaders;
  private final PayloadTemplates templates;
  private final ObjectMapper json;

  SubscriptionRules(
      WebhookUrl urls, CustomHeaders customHeaders, PayloadTemplates templates, ObjectMapper json) {
    this.urls = urls;
    this.customHeaders = customHeaders;
    this.templates = templates;
    this.json = json;
  }

  /**
   * Holds the address and the headers that were asked for against what can be called and sent.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    var errors = new ArrayList<FieldError>();
    if (body.has("url")) {
      urls.check(body.get("url").asText())
          .ifPresent(remedy -> errors.add(new FieldError("url", remedy)));
    }
    if (body.has("headers")) {
      errors.addAll(headers(body.get("headers")));
    }
    var tokenUrl = body.path("authentication").path("tokenUrl");
    if (tokenUrl.isTextual()) {
      urls.check(tokenUrl.asText())
          .ifPresent(remedy -> errors.add(new FieldError("authentication.tokenUrl", remedy)));
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
  }

  /**
   * Refuses a subscription whose parts do not go together, whichever of them was changed.
   *
   * @param shown as the API gives it; what is no text says that there is none
   */
  public void requireWhole(Object shown) throws JsonProcessingException {
    if (!(shown instanceof String text)) {
      return;
    }
    var subscription = json.readTree(text);
    var names = subscription.get("headers").properties().stream().map(Map.Entry::getKey);
    if (subscription.get("authentication").isObject()
        && names.anyMatch("Authorization"::equalsIgnoreCase)) {
      throw new RequestRefusedException(
          Problems.invalidBody(
              "authentication",
              "Leave it out, or the header Authorization: the access token is sent in that header."));
    }
    var template = subscription.get("payloadTemplate").textValue();
    if (template != null) {
      templates.check(template, json.convertValue(subscription.get("eventTypes"), TYPES));
    }
  }

  /**
   * The id of the subscription that was just made.
   *
   * @throws RequestRefusedException 409 when the business has as many as it may have
   */
  public String requireAdded(Object id) {
    return Results.require(id, FULL);
  }

  private List<FieldError> headers(JsonNode headers) {
    return customHeaders.check(json.convertValue(headers, HEADERS));
  }
}
