package com.callback.messaging.inbox.view;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Role;
import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What a saved view must keep to beyond what its schema says. */
@Component
public class ViewRules {

  /** The list that a view is a filter of. */
  private static final String LIST = "listMessages";

  /** What says where a list goes on, and so is no part of a view. */
  private static final Set<String> NOT_KEPT = Set.of("cursor", "limit");

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-views",
          "There are 50 views",
          "Everybody may keep 50 views, and a business 50 that are shared. Delete one that is no longer needed, and try again.");
  private static final Problem NOT_FOR_VIEWERS =
      Problem.of(
          403,
          "missing-scope",
          "Your role does not allow this",
          "You are viewer of this business: views that are shared are for agents and owners to change. Keep one of your own.");

  private final Operations operations;
  private final ObjectMapper json;

  ViewRules(Operations operations, ObjectMapper json) {
    this.operations = operations;
    this.json = json;
  }

  /**
   * The filter of a view as it is kept, JSON: every parameter as the list takes it.
   *
   * @throws RequestRefusedException with everything that the list would not take
   */
  public String filter(OperationRequest input) throws JsonProcessingException {
    var given = new LinkedHashMap<String, String[]>();
    var errors = new ArrayList<FieldError>();
    for (var each : json.readTree(input.body()).path("filter").properties()) {
      if (NOT_KEPT.contains(each.getKey())) {
        errors.add(
            new FieldError(
                "filter." + each.getKey(), "It is no part of a view; give it to the list."));
      } else if (!isPlain(each.getValue())) {
        errors.add(
            new FieldError(
                "filter." + each.getKey(),
                "Give text, true, or a list of texts, as the list takes it."));
      } else {
        given.put(each.getKey(), new String[] {text(each.getValue())});
      }
    }
    var values = held(given, errors);
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
    values.keySet().retainAll(given.keySet());
    return json.writeValueAsString(values);
  }

  /** Lets a caller pass who may change what a view is or is to be. */
  public void requireRight(Caller caller, boolean isShared) {
    if (isShared && caller.role() == Role.VIEWER) {
      throw new RequestRefusedException(NOT_FOR_VIEWERS);
    }
  }

  /**
   * Lets a caller pass who sees the view and may change it.
   *
   * @param shared whether it is everybody's; what is no truth value says that there is none
   */
  public void requireFound(Caller caller, Object shared) {
    if (!(shared instanceof Boolean isShared)) {
      throw new RequestRefusedException(Results.NOTHING);
    }
    requireRight(caller, isShared);
  }

  /** Whether the view is to be everybody's. */
  public boolean isShared(OperationRequest input) throws JsonProcessingException {
    return json.readTree(input.body()).path("isShared").asBoolean();
  }

  /**
   * The id of the view that was just kept.
   *
   * @throws RequestRefusedException 409 when the business has as many as it may have
   */
  public String requireAdded(Object id) {
    return Results.require(id, FULL);
  }

  private Map<String, Object> held(Map<String, String[]> given, List<FieldError> errors) {
    try {
      return new LinkedHashMap<>(
          operations.parameters(LIST, "/api/messages", given, header -> null));
    } catch (RequestRefusedException refusal) {
      refusal.problem().errors().stream()
          .map(error -> new FieldError("filter." + error.field(), error.detail()))
          .forEach(errors::add);
      return new LinkedHashMap<>();
    }
  }

  private static boolean isPlain(JsonNode value) {
    return value.isTextual()
        || value.isBoolean()
        || value.isArray()
            && !value.isEmpty()
            && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","))
        : value.asText();
  }
}
