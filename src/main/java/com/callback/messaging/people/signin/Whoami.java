package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.caller.Membership;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    var memberships = found.stream().map(Membership::of).toList();
    var businesses = memberships.stream().filter(Membership::isOfABusiness).toList();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("person", memberships.get(0).person());
    answer.put("businesses", businesses.stream().map(Whoami::business).toList());
    answer.put("businessId", chosen(credential, businesses));
    answer.put("csrf", csrf(request));
    return json.writeValueAsString(answer);
  }

  private static Map<String, Object> business(Membership membership) {
    var business = new LinkedHashMap<String, Object>();
    business.put("id", membership.businessId());
    business.put("name", membership.business());
    business.put("role", membership.roleName());
    return business;
  }

  /** The one they named, or the only one; null while they must name one. */
  private static UUID chosen(Credential credential, List<Membership> businesses) {
    return businesses.stream()
        .map(Membership::businessId)
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
