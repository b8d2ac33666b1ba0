package com.callback.messaging.platform.http;

import java.util.List;

/** What a page may load, as a Content-Security-Policy: its own things, and those of named hosts. */
public final class PagePolicy {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'%1$s; script-src 'self'%1$s; img-src 'self' data:; connect-src 'self'%1$s;"
          + " frame-src 'self'%1$s; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

  /** An app may have a manifest, and style elements that bear its name for this answer. */
  private static final String WITH_STYLES =
      "default-src 'none'; style-src 'self' 'nonce-%1$s'; script-src 'self'; img-src 'self' data:; connect-src 'self'%2$s;"
          + " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

  private PagePolicy() {}

  /**
   * The policy of a page whose scripts add style elements.
   *
   * @param nonce what these bear; good for one answer
   * @param services addresses that calls may go to as well
   */
  public static String withStyles(String nonce, List<String> services) {
    return WITH_STYLES.formatted(nonce, services.isEmpty() ? "" : " " + String.join(" ", services));
  }

  /**
   * The policy.
   *
   * @param sources origins that scripts, frames, styles and calls may come from or go to as well
   */
  public static String with(List<String> sources) {
    return POLICY.formatted(sources.isEmpty() ? "" : " " + String.join(" ", sources));
  }
}
