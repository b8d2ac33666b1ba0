package com.callback.messaging.intake.origin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Which pages of other origins a browser lets read our answers. No cookies ever: whoever calls from
 * elsewhere brings a token of its own, or needs none. A request of any other page is not refused
 * here, it is only not helped: forms may post from anywhere, and intake decides.
 */
class CrossOriginRules implements CorsConfigurationSource {

  private static final String INTAKE = "/api/messages";

  private static final Pattern THANKS = Pattern.compile("/f/[^/]+/thanks");

  /** As long as browsers keep it: Chromium two hours, Firefox a day. */
  private static final long KEEP_SECONDS = 7_200;

  private static final List<String> EXPOSED =
      List.of(
          "Location",
          "Retry-After",
          "RateLimit",
          "RateLimit-Policy",
          "Idempotency-Replayed",
          "ETag",
          "WWW-Authenticate");

  /** For what holds nothing of anybody's. */
  static final CorsConfiguration FOR_ANYBODY = rule(CorsConfiguration.ALL, List.of("GET"));

  private final List<String> apps;
  private final ListedOrigins listed;

  CrossOriginRules(List<String> apps, ListedOrigins listed) {
    this.apps = apps;
    this.listed = listed;
  }

  @Override
  public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    // "null" is what any sandboxed page sends: it names nobody.
    if (origin == null || origin.equals("null")) {
      return null;
    }
    if (apps.contains(origin)) {
      return rule(origin, List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
    }
    if (mayBeASubmission(request)) {
      return listed.contains(origin) ? rule(origin, List.of("POST")) : null;
    }
    return isThanks(request) && listed.contains(origin) ? rule(origin, List.of("GET")) : null;
  }

  /** Where a form is sent on to: a script that sent one follows, and fails if it may not look. */
  private static boolean isThanks(HttpServletRequest request) {
    return THANKS.matcher(request.getServletPath()).matches();
  }

  private static boolean mayBeASubmission(HttpServletRequest request) {
    var method = request.getMethod();
    return request.getServletPath().equals(INTAKE)
        && (method.equals(HttpMethod.POST.name()) || method.equals(HttpMethod.OPTIONS.name()));
  }

  private static CorsConfiguration rule(String origin, List<String> methods) {
    var rule = new CorsConfiguration();
    rule.setAllowedOrigins(List.of(origin));
    rule.setAllowedMethods(methods);
    // Tracing and frameworks add headers of theirs to every request. None means more to us because
    // a browser let it through: there are no cookies, and whoever calls shows what they have.
    rule.setAllowedHeaders(List.of(CorsConfiguration.ALL));
    rule.setExposedHeaders(EXPOSED);
    rule.setAllowCredentials(false);
    rule.setMaxAge(KEEP_SECONDS);
    return rule;
  }
}
