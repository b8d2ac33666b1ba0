package com.callback.messaging.sandbox;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Shows what the sandbox keeps. */
@Component
public class SandboxList {

  private static final int MOST = 100_000;
  private static final int USUAL = 10_000;

  private static final Problem NO_SUCH_MAIL =
      Problem.of(
          404,
          "unknown-mail",
          "Unknown mail",
          "The sandbox keeps messages for a week and lists those that exist.");

  private final ObjectMapper json;
  private final Templates templates;
  private final ObjectProvider<Demo> demo;

  SandboxList(ObjectMapper json, Templates templates, ObjectProvider<Demo> demo) {
    this.json = json;
    this.templates = templates;
    this.demo = demo;
  }

  /** The page that shows them as they come. */
  public String page() {
    return templates.fill(
        "pages/sandbox",
        Map.of("lang", "en", "formUrl", demo.getObject().form(), "curl", demo.getObject().curl()));
  }

  /** How many to show; 10,000 when nothing is said. */
  public int limit(String value) {
    if (value == null) {
      return USUAL;
    }
    if (value.matches("[0-9]{1,6}")
        && Integer.parseInt(value) >= 1
        && Integer.parseInt(value) <= MOST) {
      return Integer.parseInt(value);
    }
    throw new RequestRefusedException(
        Problems.invalidParameter("limit", "Give a whole number from 1 to " + MOST + "."));
  }

  /** The id in a mail's address; anything else names no mail. */
  public long id(String value) {
    if (!value.matches("[0-9]{1,18}")) {
      throw new RequestRefusedException(NO_SUCH_MAIL);
    }
    return Long.parseLong(value);
  }

  /** What a mail shows its reader. */
  public String html(String found) {
    if (found == null) {
      throw new RequestRefusedException(NO_SUCH_MAIL);
    }
    return found;
  }

  /** The rows of {@code list-sandbox-messages.sql} in the shape of the contract. */
  public List<Map<String, Object>> of(List<Map<String, Object>> rows)
      throws JsonProcessingException {
    for (var row : rows) {
      row.put("headers", json.readTree((String) row.get("headers")));
    }
    return rows.stream().<Map<String, Object>>map(LinkedHashMap::new).toList();
  }
}
