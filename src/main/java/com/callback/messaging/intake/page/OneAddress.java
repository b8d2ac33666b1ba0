package com.callback.messaging.intake.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads from an address as people and programs write it, such as {@code /F/demo/}, to the page that
 * is meant. Where it leads is always on this service.
 */
@Component
@Order(2)
class OneAddress extends OncePerRequestFilter {

  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** A program that sends a form need not follow redirects: the form is taken where it is. */
  private static final String SENDS = "POST";

  private static final Pattern FORM =
      Pattern.compile("/[fF](?<name>/[^/]+)?(?<thanks>/(?i:thanks))?/*");

  private static final Pattern INBOX = Pattern.compile("/(?i:inbox)/*");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var meant = meant(request);
    if (meant == null || meant.equals(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    if (request.getMethod().equals(SENDS)) {
      chain.doFilter(new Readdressed(request, meant), response);
      return;
    }
    var query = request.getQueryString();
    response.setStatus(HttpStatus.PERMANENT_REDIRECT.value());
    response.setHeader(HttpHeaders.LOCATION, query == null ? meant : meant + "?" + query);
  }

  /** The address of the page; null for anything else. */
  private static String meant(HttpServletRequest request) {
    var address = request.getRequestURI();
    var reads = READS.contains(request.getMethod());
    if (!reads && !request.getMethod().equals(SENDS)) {
      return null;
    }
    if (reads && INBOX.matcher(address).matches()) {
      return "/inbox";
    }
    var page = FORM.matcher(address);
    if (!page.matches()) {
      return null;
    }
    var name = page.group("name");
    var thanks = page.group("thanks");
    return "/f" + (name == null ? "" : name) + (thanks == null ? "" : "/thanks");
  }

  /** The same request, to the address that is meant. */
  private static final class Readdressed extends HttpServletRequestWrapper {

    private final String address;

    Readdressed(HttpServletRequest request, String address) {
      super(request);
      this.address = address;
    }

    @Override
    public String getRequestURI() {
      return address;
    }

    @Override
    public String getServletPath() {
      return address;
    }
  }
}
