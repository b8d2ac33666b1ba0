package com.callback.messaging.inbox.escalation;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.startup.OperatingMode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What an escalation policy must keep to beyond what its schema says. */
@Component
public class EscalationRules {

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-escalation-policies",
          "There are 20 escalation policies",
          "A business may have 20 policies. Delete a policy that you no longer need, and try again.");

  private static final Problem OTHER_POLICIES =
      Problem.of(
          409,
          "other-escalation-policies",
          "The policies are others",
          "Name each policy of the business once. Load the list again, and repeat the change.");

  private static final String SECONDS = "seconds";
  private static final String MEMBERS = "members";

  private final ObjectMapper json;
  private final OperatingMode mode;

  EscalationRules(ObjectMapper json, OperatingMode mode) {
    this.json = json;
    this.mode = mode;
  }

  /**
   * The policy that is asked for, with what was left out filled in, as JSON.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public String policy(OperationRequest input) throws JsonProcessingException {
    var policy = (ObjectNode) json.readTree(input.body());
    var errors = new ArrayList<FieldError>();
    checkUnit(policy, errors);
    var steps = policy.withArray("steps");
    for (var i = 0; i < steps.size(); i++) {
      var step = (ObjectNode) steps.get(i);
      var field = "steps." + i + ".";
      if (i > 0 && step.path("after").asInt() <= steps.get(i - 1).path("after").asInt()) {
        errors.add(
            new FieldError(field + "after", "Give more than the step before, which comes first."));
      }
      checkMembers(step, field, errors);
      // 5.0 is a whole number of JSON, and none of SQL.
      step.put("after", step.path("after").asInt());
      lowerCase(step.withArray("memberIds"));
      if (!step.has("channels")) {
        step.putNull("channels");
      }
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
    policy.withArray("priorities");
    policy.withArray("funnelIds");
    return policy.toString();
  }

  /** As the database writes ids. */
  private static void lowerCase(ArrayNode ids) {
    for (var i = 0; i < ids.size(); i++) {
      ids.set(i, TextNode.valueOf(ids.get(i).asText().toLowerCase(Locale.ROOT)));
    }
  }

  private void checkUnit(JsonNode policy, List<FieldError> errors) {
    if (!policy.path("unit").asText().equals(SECONDS)) {
      return;
    }
    if (mode == OperatingMode.PRODUCTION) {
      errors.add(
          new FieldError("unit", "Give minutes; seconds are for trying it in development mode."));
    }
    if (policy.path("openHoursOnly").asBoolean()) {
      errors.add(new FieldError("openHoursOnly", "Give false, or minutes: seconds always go on."));
    }
  }

  private static void checkMembers(JsonNode step, String field, List<FieldError> errors) {
    var isWanted =
        StreamSupport.stream(step.path("notify").spliterator(), false)
            .anyMatch(each -> each.asText().equals(MEMBERS));
    var isNamed = !step.path("memberIds").isEmpty();
    if (isWanted && !isNamed) {
      errors.add(new FieldError(field + "memberIds", "Give the ids of members to notify."));
    } else if (isNamed && !isWanted) {
      errors.add(
          new FieldError(
              field + "memberIds", "Leave it out, or add \"members\" to whom the step notifies."));
    }
  }

  /**
   * Requires that the business has the members and funnels that a policy names.
   *
   * @param found what {@code check-escalation-policy.sql} gave
   * @return what it was given
   * @throws RequestRefusedException with every field that names another
   */
  public Map<String, Object> requireKnown(String policy, Map<String, Object> found)
      throws JsonProcessingException {
    var errors = new ArrayList<FieldError>();
    var read = json.readTree(policy);
    var members = ids(found.get("unknown_members"));
    var steps = read.path("steps");
    for (var i = 0; i < steps.size(); i++) {
      add(
          steps.get(i).path("memberIds"),
          "steps." + i + ".memberIds.",
          members,
          "Give the id of an agent or owner of your business.",
          errors);
    }
    add(
        read.path("funnelIds"),
        "funnelIds.",
        ids(found.get("unknown_funnels")),
        "Give the id of a funnel of your business.",
        errors);
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
    return found;
  }

  private static void add(
      JsonNode given, String field, Set<String> unknown, String remedy, List<FieldError> errors) {
    for (var i = 0; i < given.size(); i++) {
      if (unknown.contains(given.get(i).asText())) {
        errors.add(new FieldError(field + i, remedy));
      }
    }
  }

  private Set<String> ids(Object list) throws JsonProcessingException {
    return StreamSupport.stream(json.readTree((String) list).spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  /**
   * Requires that there is room for one more.
   *
   * @param found what {@code check-escalation-policy.sql} gave
   */
  public void requireRoom(Map<String, Object> found) {
    if (Boolean.TRUE.equals(Results.requireRow(found).get("is_full"))) {
      throw new RequestRefusedException(FULL);
    }
  }

  /** Requires that a list named all policies and no other. */
  public void requireOrdered(Object isOrdered) {
    if (!Boolean.TRUE.equals(isOrdered)) {
      throw new RequestRefusedException(OTHER_POLICIES);
    }
  }
}
