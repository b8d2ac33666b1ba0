package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 between the opening of the port and the start of the last route, where there would be
 * a 404, which callers take as final.
 */
@Component
@Order(10)
class StartingUp extends OncePerRequestFilter {

  private final ProblemWriter problems;
  private volatile boolean ready;

  StartingUp(ProblemWriter problems) {
    this.problems = problems;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(2)
  void open() {
    ready = true;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return ready || request.getRequestURI().startsWith("/actuator/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    problems.write(request, response, Problems.UNAVAILABLE);
  }
}
