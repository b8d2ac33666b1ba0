package com.callback.messaging.intake.origin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Where no rule is, a preflight is refused, and caches learn that the answer depends on the origin:
 * Spring says neither by itself.
 */
class WhereNoRuleIs extends DefaultCorsProcessor {

  private static final List<String> DEPENDS_ON =
      List.of(
          HttpHeaders.ORIGIN,
          HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD,
          HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);

  @Override
  public boolean processRequest(
      CorsConfiguration rule, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (rule != null) {
      return super.processRequest(rule, request, response);
    }
    DEPENDS_ON.forEach(header -> response.addHeader(HttpHeaders.VARY, header));
    if (CorsUtils.isPreFlightRequest(request)) {
      response.setStatus(HttpStatus.FORBIDDEN.value());
      return false;
    }
    return true;
  }
}
