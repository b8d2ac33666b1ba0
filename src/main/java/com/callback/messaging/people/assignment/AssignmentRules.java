package com.callback.messaging.people.assignment;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What rules of assignment must keep to beyond what their schema says. */
@Component
public class AssignmentRules {

  /** Rules that choose by themselves, and take no list of members. */
  private static final Set<String> WITHOUT_MEMBERS = Set.of("nobody", "on_duty");

  private final ObjectMapper json;

  AssignmentRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Holds the rules against the members and funnels of the business, and against one another.
   *
   * @param known the row of {@code lock-assignment.sql}
   * @throws RequestRefusedException 422 with everything that is wrong
   */
  public void check(OperationRequest input, Map<String, Object> known)
      throws JsonProcessingException {
    var items = json.readTree(input.body()).path("items");
    var business = Known.of(json, known);
    var funnels = new HashSet<String>();
    var errors = new ArrayList<FieldError>();
    for (var i = 0; i < items.size(); i++) {
      var item = items.get(i);
      var field = "items." + i + ".";
      var funnel = item.path("funnelId");
      if (!funnels.add(funnel.asText())) {
        errors.add(new FieldError(field + "funnelId", "Give one rule for each funnel."));
      } else if (!funnel.isNull() && !business.hasFunnel(funnel)) {
        errors.add(
            new FieldError(
                field + "funnelId",
                "Give the id of a funnel of the business, or null for all other funnels."));
      }
      errors.addAll(membersOf(item, field, business));
      if (item.path("rule").asText().equals("on_duty") && !item.hasNonNull("fallback")) {
        errors.add(
            new FieldError(
                field + "fallback",
                "Say who gets a lead while nobody is on duty: owners or nobody."));
      }
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(
          Problem.of(
                  422,
                  "unfit-assignment",
                  "These rules do not fit",
                  "Nothing was changed. Fix the listed fields and send it again.")
              .with(errors));
    }
  }

  private static List<FieldError> membersOf(JsonNode item, String field, Known business) {
    var errors = new ArrayList<FieldError>();
    var rule = item.path("rule").asText();
    var members = item.path("memberIds");
    if (rule.equals("member") && members.size() != 1) {
      errors.add(new FieldError(field + "memberIds", "Name the one member who gets the leads."));
    } else if (WITHOUT_MEMBERS.contains(rule) && !members.isEmpty()) {
      errors.add(
          new FieldError(
              field + "memberIds", "Leave it empty: this rule takes no list of members."));
    }
    for (var i = 0; i < members.size(); i++) {
      if (!business.hasMember(members.get(i))) {
        errors.add(new FieldError(field + "memberIds." + i, Known.REMEDY));
      }
    }
    return errors;
  }
}
