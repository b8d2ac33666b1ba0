package com.callback.messaging.sandbox;

import com.callback.messaging.platform.http.AddressRange;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows the sandbox under this machine's names only. A page on a name of its own that points here
 * would otherwise be read by its visitors' browsers as if the sandbox were its own.
 */
@Component
@Order(30)
@ConditionalOnProperty("messaging.sandbox.present")
class LocalHosts extends OncePerRequestFilter {

  private static final Problem ANOTHER_NAME =
      Problem.of(
          421,
          "another-host",
          "Not under this name",
          "Open the sandbox under localhost, an IP address, or the host of MESSAGING_PUBLIC_URL.");

  private final ProblemWriter problems;
  private final String ours;

  LocalHosts(ProblemWriter problems, @Value("${messaging.public-url}") String publicUrl) {
    this.problems = problems;
    this.ours = URI.create(publicUrl.strip()).getHost();
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().startsWith("/sandbox") || isLocal(request.getServerName());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    problems.write(request, response, ANOTHER_NAME);
  }

  /** An address is no name that anybody could point elsewhere. */
  private boolean isLocal(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equalsIgnoreCase(ours)
        || AddressRange.literal(host.replaceAll("[\\[\\]]", "")).isPresent();
  }
}
