package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells volumes and rows that do not balance to the operator's own networks only, and to nobody
 * whom a proxy lets in. Whether the service is well anybody may ask.
 */
@Component
@Order(12)
class InsideOnly extends OncePerRequestFilter {

  private static final Set<String> FOR_ALL =
      Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

  private static final Problem OUTSIDE =
      Problem.of(
          403,
          "inside-only",
          "Not from here",
          "Ask from a network that MESSAGING_HTTP_INSIDE names, and not through a proxy.");

  private final List<AddressRange> inside;
  private final ProblemWriter problems;

  InsideOnly(@Value("${messaging.http.inside}") List<String> inside, ProblemWriter problems) {
    this.inside = inside.stream().filter(text -> !text.isBlank()).map(AddressRange::of).toList();
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getServletPath();
    return !path.startsWith("/actuator") || FOR_ALL.contains(path) || isInside(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    problems.write(request, response, OUTSIDE);
  }

  private boolean isInside(HttpServletRequest request) {
    return request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null
        && AddressRange.literal(String.valueOf(request.getRemoteAddr()).replaceFirst("%.*", ""))
            .filter(caller -> inside.stream().anyMatch(range -> range.contains(caller)))
            .isPresent();
  }
}
