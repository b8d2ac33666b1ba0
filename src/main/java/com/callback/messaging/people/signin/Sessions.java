package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.ApiKeys;
import com.callback.messaging.operation.caller.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Begins and ends what keeps a person signed in. */
@Component
public class Sessions {

  private static final Duration LIFE = Duration.ofDays(30);
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ApiKeys hashes;
  private final SessionCookie cookie;

  Sessions(ApiKeys hashes, SessionCookie cookie) {
    this.hashes = hashes;
    this.cookie = cookie;
  }

  /**
   * A new session, of random through and through.
   *
   * @param request of the browser that begins it, which names itself in {@code User-Agent}
   */
  public NewSession begin(HttpServletRequest request) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new NewSession(value, hashes.hash(value), Device.of(request.getHeader("User-Agent")));
  }

  /** The hash of the session that a browser has, or of one that is over; null where it has none. */
  public byte[] hashOf(HttpServletRequest request) {
    return cookie.values(request).stream().findFirst().map(hashes::hash).orElse(null);
  }

  /** The header that signs its browser in. */
  public String cookie(NewSession session) {
    return cookie.set(session.value(), LIFE);
  }

  /** The header that signs a browser out. */
  public String noCookie() {
    return cookie.clear();
  }
}
