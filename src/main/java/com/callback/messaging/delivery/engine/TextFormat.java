package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a provider takes as the text of a message: the part {@code text} of a channel's block in the
 * configuration.
 *
 * @param markup how the provider reads a text
 * @param maxLength the longest text in UTF-16 code units, of which a character has one or two; 0
 *     for no limit
 * @param maxBytes the longest text in bytes of UTF-8; 0 for no limit
 * @param maxBodyBytes the longest body of a request in bytes of UTF-8; 0 for no limit
 * @param oneLine whether each break and each run of spaces becomes one space
 */
public record TextFormat(
    @DefaultValue("plain") Markup markup,
    int maxLength,
    int maxBytes,
    int maxBodyBytes,
    boolean oneLine) {

  public TextFormat {
    if (maxLength < 0 || maxBytes < 0 || maxBodyBytes < 0) {
      throw new IllegalArgumentException(
          "text.max-length, text.max-bytes and text.max-body-bytes must be 0 (no limit) or more.");
    }
  }

  /** Whether the provider takes a text of this length. */
  public boolean fits(String text) {
    return (maxLength == 0 || text.length() <= maxLength) && fits(text, maxBytes);
  }

  /** Whether the provider takes a body of this length. */
  public boolean fitsAsBody(String body) {
    return fits(body, maxBodyBytes);
  }

  private static boolean fits(String text, int most) {
    return most == 0 || text.getBytes(StandardCharsets.UTF_8).length <= most;
  }

  /** The text without what surrounds it, on one line where the provider takes no more. */
  public String laidOut(String text) {
    return oneLine ? text.strip().replaceAll("\\s+", " ") : text.strip();
  }
}
