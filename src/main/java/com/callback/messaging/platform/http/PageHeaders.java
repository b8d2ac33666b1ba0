package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Headers that keep a page to itself: nothing from elsewhere, nothing inline, no frames by others.
 */
@Component
@Order(1)
class PageHeaders extends OncePerRequestFilter {

  private static final String POLICY_NAME = "Content-Security-Policy";
  private static final String POLICY = PagePolicy.with(List.of());

  private final boolean isSecure;

  PageHeaders(@Value("${messaging.public-url}") String publicUrl) {
    this.isSecure = publicUrl.strip().toLowerCase(Locale.ROOT).startsWith("https:");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(POLICY_NAME, POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    // With no-referrer a browser would not say either that a form is our own.
    response.setHeader("Referrer-Policy", "same-origin");
    if (isSecure) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    chain.doFilter(request, new OnePolicy(response));
  }

  /** Browsers obey all policies at once; a page that brings its own means that one only. */
  private static final class OnePolicy extends HttpServletResponseWrapper {

    OnePolicy(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(POLICY_NAME)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }
}
