package com.callback.messaging.inbox.received;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * {@code channels.email.inbound.*}, but for the address.
 *
 * @param parseSecret the last part of the path that SendGrid posts to; empty for off
 * @param maxSize the largest mail, without the attachments that SendGrid posts beside it; 64 KB to
 *     25 MB
 * @param originalLength how many characters of a mail are stored besides the ones that are shown; 0
 *     to 200,000
 * @param attachments how many names of attachments are stored; 0 to 100
 * @param spamScore from this score of the provider on a mail is left out; 0 for never
 */
@ConfigurationProperties("channels.email.inbound")
record InboundSettings(
    String parseSecret,
    DataSize maxSize,
    int originalLength,
    int attachments,
    double spamScore,
    Imap imap) {

  private static final DataSize SMALLEST = DataSize.ofKilobytes(64);
  private static final DataSize LARGEST = DataSize.ofMegabytes(25);
  private static final int MOST_CHARACTERS = 200_000;
  private static final int MOST_ATTACHMENTS = 100;

  /**
   * A mailbox that is read.
   *
   * @param scheme {@code imaps}, or {@code imap} with STARTTLS
   * @param host empty for none
   * @param pollMs milliseconds between two looks
   */
  record Imap(
      String scheme,
      String host,
      int port,
      String username,
      String password,
      String folder,
      long pollMs) {

    Imap {
      require(
          List.of("imap", "imaps").contains(scheme),
          "CHANNELS_EMAIL_INBOUND_IMAP_SCHEME must be imaps or imap");
      require(
          host.isBlank() || !username.isBlank() && !password.isBlank(),
          "a mailbox needs CHANNELS_EMAIL_INBOUND_IMAP_USERNAME and CHANNELS_EMAIL_INBOUND_IMAP_PASSWORD");
      require(
          pollMs >= 100, "CHANNELS_EMAIL_INBOUND_IMAP_POLL_MS must be 100 milliseconds or more");
    }
  }

  InboundSettings {
    require(
        parseSecret.isEmpty() || parseSecret.matches("[A-Za-z0-9_-]{32,200}"),
        "CHANNELS_EMAIL_INBOUND_PARSE_SECRET must be 32 to 200 letters and digits, such as openssl rand -hex 32 makes");
    require(
        maxSize.compareTo(SMALLEST) >= 0 && maxSize.compareTo(LARGEST) <= 0,
        "CHANNELS_EMAIL_INBOUND_MAX_SIZE must be from 64KB to 25MB");
    require(
        originalLength >= 0 && originalLength <= MOST_CHARACTERS,
        "CHANNELS_EMAIL_INBOUND_ORIGINAL_LENGTH must be from 0 to 200000");
    require(
        attachments >= 0 && attachments <= MOST_ATTACHMENTS,
        "CHANNELS_EMAIL_INBOUND_ATTACHMENTS must be from 0 to 100");
    require(spamScore >= 0, "CHANNELS_EMAIL_INBOUND_SPAM_SCORE must be 0 or more");
  }

  /** The largest mail in bytes. */
  int mostBytes() {
    return Math.toIntExact(maxSize.toBytes());
  }

  /** The message never repeats what was given: it may be a secret. */
  private static void require(boolean isRight, String remedy) {
    if (!isRight) {
      throw new IllegalArgumentException(remedy);
    }
  }
}
