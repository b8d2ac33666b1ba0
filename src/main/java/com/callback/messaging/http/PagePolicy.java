package com.callback.messaging.http;

import java.util.List;

/** What a page may load, as a Content-Security-Policy: its own things, and those of named hosts. */
public final class PagePolicy {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'%1$s; script-src 'self'%1$s; img-src 'self' data:; connect-src 'self'%1$s;"
          + " frame-src 'self'%1$s; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

  private PagePolicy() {}

  /**
   * The policy.
   *
   * @param sources origins that scripts, frames, styles and calls may come from or go to as well
   */
  public static String with(List<String> sources) {
    return POLICY.formatted(sources.isEmpty() ? "" : " " + String.join(" ", sources));
  }
}
