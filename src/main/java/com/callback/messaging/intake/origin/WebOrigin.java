package com.callback.messaging.intake.origin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An origin as browsers write it (RFC 6454, section 6.2; html.spec.whatwg.org, "ASCII serialisation
 * of an origin"): scheme, host and a port that is not the usual one, in lower case. What is written
 * in another way would never be equal to what a browser sends.
 */
public final class WebOrigin {

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<scheme>https?)://(?<host>"
              + LABEL
              + "(?:\\."
              + LABEL
              + ")*|\\[[0-9a-f:.]{2,45}])(?::(?<port>[1-9][0-9]{0,4}))?");

  /** Pages on the developer's own machine, where there is nobody in between. */
  private static final Pattern LOCAL =
      Pattern.compile("(?:.*\\.)?localhost|127\\.0\\.0\\.1|\\[::1]");

  private static final int LONGEST = 270;
  private static final int LARGEST_PORT = 65_535;

  private WebOrigin() {}

  /**
   * What to do about an origin that is to be allowed; empty where it is fine.
   *
   * @param mayBeLocal whether {@code http} is good enough for pages on this machine
   */
  public static Optional<String> remedy(String origin, boolean mayBeLocal) {
    var parts = ORIGIN.matcher(origin);
    if (origin.length() > LONGEST || !parts.matches()) {
      return Optional.of(
          "Give an origin as browsers send it, such as https://www.example.com: lower case, without a path, a slash at its end or a *.");
    }
    var isPlain = parts.group("scheme").equals("http");
    var port = parts.group("port");
    if (port != null
        && (Integer.parseInt(port) > LARGEST_PORT || port.equals(isPlain ? "80" : "443"))) {
      return Optional.of(
          "Leave the port out, or give one that is not the usual one of its scheme.");
    }
    if (isPlain && !(mayBeLocal && LOCAL.matcher(parts.group("host")).matches())) {
      return Optional.of(
          mayBeLocal
              ? "Give an https:// origin; http:// is for localhost only."
              : "Give an https:// origin; http:// is for localhost in development mode only.");
    }
    return Optional.empty();
  }

  /** Whether it is written as an origin, of whatever scheme of the two. */
  static boolean isOne(String text) {
    return text.length() <= LONGEST && ORIGIN.matcher(text).matches();
  }
}
