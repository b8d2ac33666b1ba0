package com.callback.messaging.intake.page;

import com.callback.messaging.operation.contract.Contract;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What led a visitor to a form, such as utm_source: the parameters of its address, which the form
 * sends along in hidden fields.
 */
@Component
class Campaign {

  private static final int MOST = 30;
  private static final int LONGEST = 200;

  /** The fields that a person sees, and the one that the form has anyway. */
  private static final Set<String> SHOWN =
      Set.of("funnelId", "contactName", "contactPhone", "contactEmail", "message", "preferredTime");

  private final Set<String> known;

  Campaign(Contract contract) {
    known = Set.copyOf(contract.fieldsOf("NewMessageForm"));
  }

  /** The parameters by name, but those that would be taken for what a person typed. */
  Map<String, String> of(HttpServletRequest request) {
    var found = new LinkedHashMap<String, String>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (found.size() < MOST && !known.contains(name) && !name.startsWith("_")) {
                found.put(shortened(name), shortened(String.join(", ", values)));
              }
            });
    return found;
  }

  /** What of a form is in hidden fields, as name and value. */
  static List<Map<String, String>> hidden(Map<String, String> typed) {
    return typed.entrySet().stream()
        .filter(field -> !SHOWN.contains(field.getKey()))
        .map(field -> Map.of("name", field.getKey(), "value", field.getValue()))
        .toList();
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }
}
