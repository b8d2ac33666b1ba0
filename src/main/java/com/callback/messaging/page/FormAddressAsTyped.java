package com.callback.messaging.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads from a form's address as people type it, print it and pass it on, with a slash or the end
 * of a sentence behind it, to the form.
 */
@Component
@Order(30)
class FormAddressAsTyped extends OncePerRequestFilter {

  private static final Pattern TYPED =
      Pattern.compile("/[fF]/(?<funnel>[A-Za-z0-9-]{1,64})[/.,;:!)\\]\\s]{0,9}");

  private static final Pattern PROPER = Pattern.compile("/f/[A-Za-z0-9-]+");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET") || PROPER.matcher(path(request)).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher typed = TYPED.matcher(path(request));
    if (!typed.matches()) {
      chain.doFilter(request, response);
      return;
    }
    var query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader(
        "Location", "/f/" + typed.group("funnel") + (query == null ? "" : "?" + query));
  }

  private static String path(HttpServletRequest request) {
    return String.valueOf(request.getServletPath());
  }
}
