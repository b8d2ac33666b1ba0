package com.callback.messaging.inbox.received;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.internet.MimeUtility;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Makes text of bytes whose character set is named, wrongly named, or not named at all. */
final class MailCharset {

  /** What mails without a name, and not in UTF-8, are written in. */
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private MailCharset() {}

  /**
   * The text.
   *
   * @param name of the character set as a mail names it; null or unknown to try UTF-8 first
   */
  static String decoded(byte[] bytes, String name) {
    if (name != null) {
      try {
        return new String(bytes, Charset.forName(MimeUtility.javaCharset(name)));
      } catch (IllegalArgumentException e) {
        // A name that nobody knows says nothing.
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, WESTERN);
    }
  }
}
