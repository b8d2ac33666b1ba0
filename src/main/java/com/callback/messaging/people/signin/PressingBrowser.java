package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.SessionCookie;
import com.callback.messaging.platform.secrets.Sha256;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Tells the browser that shows a link's button from others, so that a button pressed twice works
 * like one pressed once, and nobody else gets in with a link that was used.
 */
@Component
public class PressingBrowser {

  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final SessionCookie session;
  private final String name;

  PressingBrowser(SessionCookie session) {
    this.session = session;
    this.name = (session.isSecure() ? "__Host-" : "") + "callback_press";
  }

  /** The header that gives it a name of its own, or leaves it the one that it has. */
  public String cookie(HttpServletRequest request) {
    return ResponseCookie.from(name, value(request).orElseGet(this::anew))
        .path("/")
        .httpOnly(true)
        .secure(session.isSecure())
        .sameSite("Lax")
        .build()
        .toString();
  }

  /** What is kept of its name; null where it has none. */
  public byte[] hash(HttpServletRequest request) {
    return value(request).map(value -> Sha256.of("press " + value)).orElse(null);
  }

  private Optional<String> value(HttpServletRequest request) {
    return Stream.of(request.getCookies() == null ? new Cookie[0] : request.getCookies())
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .filter(value -> value.matches("[0-9a-f]{64}"))
        .findFirst();
  }

  private String anew() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
