package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.Credential;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Tells a person who they are here. */
@Component
public class Whoami {

  private final ObjectMapper json;

  Whoami(ObjectMapper json) {
    this.json = json;
  }

  /**
   * The answer, as JSON.
   *
   * @param found the rows of {@code find-businesses.sql}
   */
  public String answer(
      Credential credential, List<Map<String, Object>> found, HttpServletRequest request)
      throws JsonProcessingException {
    var person = new LinkedHashMap<String, Object>();
    person.put("id", found.get(0).get("person_id"));
    person.put("email", found.get(0).get("email"));
    var businesses =
        found.stream().filter(row -> row.get("business_id") != null).map(Whoami::business).toList();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("person", person);
    answer.put("businesses", businesses);
    answer.put("businessId", chosen(credential, businesses));
    answer.put("csrf", csrf(request));
    return json.writeValueAsString(answer);
  }

  private static Map<String, Object> business(Map<String, Object> row) {
    var business = new LinkedHashMap<String, Object>();
    business.put("id", row.get("business_id"));
    business.put("name", row.get("business"));
    business.put("role", row.get("role"));
    return business;
  }

  /** The one they named, or the only one; null while they must name one. */
  private static Object chosen(Credential credential, List<Map<String, Object>> businesses) {
    return businesses.stream()
        .map(business -> business.get("id"))
        .filter(
            id ->
                credential.business() == null
                    ? businesses.size() == 1
                    : id.equals(credential.business()))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> csrf(HttpServletRequest request) {
    return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
        ? Map.of("header", token.getHeaderName(), "token", token.getToken())
        : null;
  }
}
