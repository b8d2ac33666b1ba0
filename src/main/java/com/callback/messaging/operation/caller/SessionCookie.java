package com.callback.messaging.operation.caller;

import com.callback.messaging.platform.startup.OperatingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie of a person who is signed in. In production mode it goes over HTTPS only, and its name
 * makes the browser refuse it from any other host.
 */
@Component
public class SessionCookie {

  private static final String NAME = "callback_session";

  private final boolean isSecure;

  SessionCookie(Environment settings) {
    this.isSecure = OperatingMode.of(settings) == OperatingMode.PRODUCTION;
  }

  /** Whether cookies go over HTTPS only. */
  public boolean isSecure() {
    return isSecure;
  }

  /** Its name. */
  public String name() {
    return isSecure ? "__Host-" + NAME : NAME;
  }

  /** What cookies of this name hold; a browser sends one at most. */
  public List<String> values(HttpServletRequest request) {
    return request.getCookies() == null
        ? List.of()
        : Stream.of(request.getCookies())
            .filter(cookie -> cookie.getName().equals(name()))
            .map(Cookie::getValue)
            .filter(value -> !value.isEmpty())
            .toList();
  }

  /** The header that sets it. */
  public String set(String value, Duration life) {
    return ResponseCookie.from(name(), value)
        .path("/")
        .httpOnly(true)
        .secure(isSecure)
        .sameSite("Lax")
        .maxAge(life)
        .build()
        .toString();
  }

  /** The header that takes it away. */
  public String clear() {
    return set("", Duration.ZERO);
  }
}
